import { admitAddresses } from "../../connectors/allowed-host.js";
import type { Vendor, VendorSettings } from "../../connectors/connector.js";
import type { OAuthClient, OAuthFlow, OAuthSite } from "../../connectors/oauth.js";
import { VendorError } from "../../domain/errors.js";
import { askAlone } from "../../http/ask.js";
import { ForbiddenAddress } from "../../http/guard.js";
import { OAuthRefused, type Grant, type OAuthKernel } from "./kernel.js";
import type { Pending } from "./pending.js";

/** Exchanges the code for tokens and finds the site. Throws OAuthRefused. */
export async function exchangeCode(
  { hosts, redirectUri }: OAuthKernel,
  vendor: Vendor,
  flow: OAuthFlow,
  { client }: Pending,
  { code, codeVerifier }: { readonly code: string; readonly codeVerifier: string },
): Promise<Grant> {
  const { wire, title } = vendor;
  try {
    const settings = {
      baseUrl: client.baseUrl,
      credentials: flow.credentials(client, { refreshToken: "-", siteId: "0" }),
    };
    const own = vendor.settings.parse(settings) as VendorSettings;
    const asking = { wire, allowPrivateAddress: await admitAddresses(vendor, own, hosts) };
    const request = flow.codeRequest(client, { code, codeVerifier, redirectUri: redirectUri(vendor.name) });
    const token = await askAlone({ method: "POST", ...request }, asking);
    if (token.refreshToken === undefined)
      throw new OAuthRefused(`${title} gave no refresh token. Allow the app offline access there, and start again.`);
    const site = siteIn(await askAlone(flow.sites(client, token.accessToken), asking), client, flow, title);
    const credentials = flow.credentials(client, { refreshToken: token.refreshToken, siteId: site.id });
    return { credentials, token, site };
  } catch (error) {
    throw inWords(error, title);
  }
}

/** The one site that the connection is to. */
function siteIn(
  sites: readonly OAuthSite[],
  { baseUrl }: OAuthClient,
  { scopes }: OAuthFlow,
  title: string,
): OAuthSite {
  const wanted = new URL(baseUrl).origin;
  const site = sites.find(({ url }) => URL.canParse(url) && new URL(url).origin === wanted);
  if (!site) {
    const others = sites.map(({ url }) => url).join(", ");
    throw new OAuthRefused(
      `Access was given to ${others || "no site at all"}, but this connection is to ${wanted}. Start again and choose that site, or change the connection's base URL.`,
    );
  }
  const lacking = scopes.filter((scope) => !site.scopes.includes(scope));
  if (lacking.length === 0) return site;
  throw new OAuthRefused(
    `The app lacks ${lacking.join(", ")}. Add that to its permissions in ${title}, and start again.`,
  );
}

function inWords(error: unknown, title: string): unknown {
  if (error instanceof ForbiddenAddress) return new OAuthRefused(error.message);
  if (!(error instanceof VendorError)) return error;
  const { status = 0 } = error.info;
  if (status >= 400 && status < 500 && error.code !== "RATE_LIMITED")
    return new OAuthRefused(
      `${title} doesn't take the code. Check the app's client id, its secret and its callback address, and start again.`,
    );
  return new OAuthRefused(`${error.message} Start again later.`);
}
