import { createHash } from "node:crypto";

/** A page for people, with the policy that permits it just what it needs. */
interface Page {
  readonly html: string;
  readonly policy: string;
}

/** What the explorer's editors hold when it opens. */
export interface ExplorerOptions {
  readonly kind: "graphiql" | "apollo" | "off";
  readonly sampleQuery: string;
  /** Default: an `X-API-Key` that asks to be filled in. */
  readonly headers?: Readonly<Record<string, string>>;
}

const TITLE = "Ticketgraph";
const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" width="28" height="28" viewBox="0 0 28 28"><path fill="#4f46e5" d="M2 7h24v4a3 3 0 0 0 0 6v4H2v-4a3 3 0 0 0 0-6z"/><path stroke="#fff" stroke-width="2" stroke-dasharray="2 2" d="M18 8v12"/></svg>`;
const PLACEHOLDER = { "X-API-Key": "put your API key here" };

/** GraphiQL in one page that loads nothing from anywhere. Takes half a second and some 20 MB the first time. */
export async function graphiqlPage({ sampleQuery, headers = PLACEHOLDER }: ExplorerOptions): Promise<Page> {
  // Nine megabytes of source, wanted only where somebody opens the page.
  const { renderGraphiQL } = await import("@graphql-yoga/render-graphiql");
  const options = {
    title: TITLE,
    logo: LOGO,
    favicon: `data:image/svg+xml;base64,${Buffer.from(LOGO).toString("base64")}`,
    endpoint: "/graphql",
    defaultQuery: sampleQuery,
    headers: JSON.stringify(headers, null, 2),
    // What is kept between visits would be an old key, and a new empty tab per reload. The query is kept in the address.
    storage: null,
    shouldPersistHeaders: false,
    defaultEditorToolsVisibility: "headers",
    credentials: "same-origin",
    method: "POST",
    subscriptionsProtocol: "WS",
  } as const;
  const html = withSubscribersKey(renderGraphiQL(options), JSON.stringify(options));
  const policy = [
    "default-src 'none'",
    `script-src ${scriptHashes(html)}`,
    "worker-src blob:",
    "connect-src 'self'",
    // The editor writes its styles into the page.
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    ...CLOSED,
  ];
  return { html, policy: policy.join("; ") };
}

/** A WebSocket can't have headers: GraphiQL's gets those that its last request had, for it asks for the schema with them. */
function withSubscribersKey(html: string, options: string): string {
  const parts = html.split(options);
  if (parts.length !== 2) throw new Error("GraphiQL's page isn't made as it was: its options are not where they were.");
  const remember = `<script>
const given = {};
const { fetch } = window;
window.fetch = (url, init) => {
  for (const [name, value] of new Headers(init?.headers)) given[name] = value;
  return fetch(url, init);
};
</script>`;
  return parts.join(`{ ...${options}, connectionParams: () => given }`).replace("<head>", () => `<head>${remember}`);
}

/** Apollo Sandbox, which the browser loads from Apollo: https://www.apollographql.com/docs/graphos/platform/sandbox#embedding-sandbox */
export function sandboxPage({ sampleQuery, headers = PLACEHOLDER }: ExplorerOptions): Page {
  const options = { target: "#sandbox", initialState: { document: sampleQuery, headers }, runTelemetry: false };
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${TITLE}</title>
<style>html, body, #sandbox { margin: 0; height: 100%; } iframe { border: 0; width: 100%; height: 100%; }
#offline { font: 16px system-ui, sans-serif; padding: 2rem; }</style>
</head>
<body>
<div id="sandbox"><p id="offline">Apollo Sandbox is loaded from apollographql.com. If this stays, the browser can't reach it:
start the server with EXPLORER=graphiql.</p></div>
<script src="${SANDBOX_SCRIPT}"></script>
<script>if (window.EmbeddedSandbox) {
document.getElementById("offline").remove();
new window.EmbeddedSandbox({ ...${scriptSafe(options)}, initialEndpoint: location.origin + "/graphql",
  initialSubscriptionEndpoint: location.origin.replace("http", "ws") + "/graphql" });
}</script>
</body>
</html>
`;
  const policy = [
    "default-src 'none'",
    `script-src ${scriptHashes(html)} ${SANDBOX_SCRIPT}`,
    "frame-src https://sandbox.embed.apollographql.com",
    "connect-src 'self'",
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    ...CLOSED,
  ];
  return { html, policy: policy.join("; ") };
}

const SANDBOX_SCRIPT =
  "https://embeddable-sandbox.cdn.apollographql.com/_latest/embeddable-sandbox.umd.production.min.js";
const CLOSED = ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"];

/** The hashes of a page's inline scripts, as a policy names them. */
function scriptHashes(html: string): string {
  return [...html.matchAll(/<script>([^]*?)<\/script>/g)]
    .map(([, script = ""]) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`)
    .join(" ");
}

/** JSON that can't end the script it stands in. */
function scriptSafe(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
