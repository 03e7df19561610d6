import type { IncomingMessage, ServerResponse } from "node:http";
import type { BroughtBack } from "../operations/oauth/authorize.js";
import { OAuthRefused } from "../operations/oauth/kernel.js";
import { sendEmpty } from "./answer.js";
import { BROWSER_HEADERS, sendPage } from "./oauth-page.js";

/** Lets people agree at their vendor that their account is used. Both steps throw OAuthRefused. */
export interface OAuthDoor {
  /** Where to send a browser that brings a ticket, and by what to know it again. */
  begin(vendor: string, ticket: string): Promise<{ readonly url: URL; readonly browser: string }>;
  /** Takes what the browser brings back; gives the site that it was for. */
  finish(vendor: string, brought: BroughtBack): Promise<{ readonly name: string; readonly url: string }>;
  /** Whether browsers reach this server by https: then the cookie never travels without. */
  readonly isSecure: boolean;
}

/** As long as the vendor's answer may take, in seconds. */
const COOKIE_S = 600;

/** GET /oauth/<vendor>/start?ticket=… sends the browser to its vendor; GET /oauth/<vendor>/callback takes it back. */
export async function answerOAuth(
  door: OAuthDoor,
  vendor: string,
  isStart: boolean,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const query = new URLSearchParams((req.url ?? "").split("?").slice(1).join("?"));
  const one = (name: string): string | undefined =>
    query.getAll(name).length === 1 ? query.get(name) || undefined : undefined;
  try {
    if (isStart) {
      const { url, browser } = await door.begin(vendor, one("ticket") ?? "");
      return sendEmpty(res, 302, {
        ...BROWSER_HEADERS,
        location: url.href,
        "set-cookie": cookie(door, browser, COOKIE_S),
      });
    }
    const brought = { state: one("state"), code: one("code"), error: one("error"), browser: cookieOf(door, req) };
    const { name, url } = await door.finish(vendor, brought);
    const text = `The connection may now use your account at ${name} (${url}). You can close this page.`;
    sendPage(res, 200, { title: "Connected", text }, { "set-cookie": cookie(door, "", 0) });
  } catch (error) {
    if (!(error instanceof OAuthRefused)) throw error;
    const ended: Readonly<Record<string, string>> = isStart ? {} : { "set-cookie": cookie(door, "", 0) };
    sendPage(res, 400, { title: "Not connected", text: error.message }, ended);
  }
}

/** Lax, since the vendor's page leads back here. The prefix keeps other hosts of the domain from setting it. */
function cookie(door: OAuthDoor, value: string, seconds: number): string {
  const secure = door.isSecure ? "; Secure" : "";
  return `${nameOf(door)}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

function nameOf({ isSecure }: OAuthDoor): string {
  return isSecure ? "__Host-ticketgraph-oauth" : "ticketgraph-oauth";
}

function cookieOf(door: OAuthDoor, req: IncomingMessage): string | undefined {
  const name = `${nameOf(door)}=`;
  const found = (req.headers.cookie ?? "")
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part.startsWith(name));
  return found.length === 1 ? found[0]?.slice(name.length) : undefined;
}
