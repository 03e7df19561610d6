import type { OAuthClient, OAuthSite } from "../../connectors/oauth.js";
import { exchangeCode } from "./exchange-code.js";
import { OAuthRefused, STEP_MS, type OAuthKernel } from "./kernel.js";
import type { Applicant, Pending } from "./pending.js";
import { challengeOf, isSame, keyOf, newSecret } from "./secrets.js";

/** Hands out a ticket with which one browser, once and within ten minutes, may start. `client` has been checked by the flow's own schema. */
export async function issueTicket(
  { pending }: OAuthKernel,
  applicant: Applicant,
  client: OAuthClient,
): Promise<string> {
  const ticket = newSecret();
  const { tenantId, connectionId, vendor } = applicant;
  await pending.put(keyOf("ticket", ticket), { tenantId, connectionId, vendor, client }, STEP_MS);
  return ticket;
}

/** Where to send the browser that brings a ticket, and by what to know it again. Throws OAuthRefused. */
export async function beginAuthorization(
  kernel: OAuthKernel,
  vendor: string,
  ticket: string,
): Promise<{ readonly url: URL; readonly browser: string }> {
  const known = await kernel.pending.take(keyOf("ticket", ticket));
  const flow = kernel.vendors.get(vendor)?.oauth;
  if (!known || known.vendor !== vendor || !flow)
    throw new OAuthRefused(
      "This link has been used already, or is older than ten minutes. Ask for a new one and open it once.",
    );
  const [state, verifier, browser] = [newSecret(), newSecret(), newSecret()];
  const { tenantId, connectionId, client } = known;
  const next: Pending = { tenantId, connectionId, vendor, client, verifier, browser: keyOf("browser", browser) };
  await kernel.pending.put(keyOf("state", state), next, STEP_MS);
  const asked = { redirectUri: kernel.redirectUri(vendor), state, codeChallenge: challengeOf(verifier) };
  return { url: flow.authorizeUrl(client, asked), browser };
}

/** What a browser brought back from the vendor. */
export interface BroughtBack {
  readonly state: string | undefined;
  readonly code: string | undefined;
  /** The vendor's word where the person didn't agree: `access_denied`. */
  readonly error: string | undefined;
  /** What its cookie says. */
  readonly browser: string | undefined;
}

/** Exchanges the code and keeps what was granted. Throws OAuthRefused. */
export async function finishAuthorization(
  kernel: OAuthKernel,
  vendorName: string,
  brought: BroughtBack,
): Promise<OAuthSite> {
  const { state = "", code, error, browser = "" } = brought;
  const known = await kernel.pending.take(keyOf("state", state));
  const vendor = kernel.vendors.get(vendorName);
  const flow = vendor?.oauth;
  if (!known?.verifier || !known.browser || known.vendor !== vendorName || !flow)
    throw new OAuthRefused(
      "This answer has been used already, or took longer than ten minutes. Ask for a new link and start again.",
    );
  if (!isSame(known.browser, keyOf("browser", browser)))
    throw new OAuthRefused(
      "This is not the browser that started. Open the link and agree in one and the same browser, with cookies allowed; ask for a new link first.",
    );
  if (error !== undefined || code === undefined)
    throw new OAuthRefused(
      error === "access_denied"
        ? `${vendor.title} says that access was denied. Ask for a new link and agree, as somebody who may use the site.`
        : `${vendor.title} gave no code. Check the app's settings there, its callback address and its permissions first, and start again.`,
    );
  const grant = await exchangeCode(kernel, vendor, flow, known, { code, codeVerifier: known.verifier });
  await kernel.granted({ tenantId: known.tenantId, connectionId: known.connectionId, vendor: vendorName }, grant);
  return grant.site;
}
