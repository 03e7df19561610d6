import { startJiraSandbox, type JiraSandbox, type JiraSandboxOptions } from "../../src/sandbox/jira/server.js";

/** An answer, its body parsed where it is JSON. */
interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A sandbox with a caller that is signed in. */
export interface Client {
  readonly jira: JiraSandbox;
  /** Calls under /rest/api/3. */
  call(method: string, path: string, body?: unknown): Promise<Reply>;
  close(): Promise<void>;
}

export async function openClient(options: JiraSandboxOptions = {}): Promise<Client> {
  const jira = await startJiraSandbox(options);
  return {
    jira,
    call: (method, path, body) => send(`${jira.url}/rest/api/3${path}`, method, body, basic(jira)),
    close: () => jira.close(),
  };
}

/** The header of somebody who knows the token. */
function basic({ email, apiToken }: JiraSandbox): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${email}:${apiToken}`).toString("base64")}` };
}

/** What lies at a place in a parsed body: `at(body, "errors", 0, "status")`. Undefined where there is nothing. */
export function at(body: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null ? (value as Record<string, unknown>)[step] : undefined,
    body,
  );
}

/** The list at a place in a parsed body; empty where there is none. */
export function list(body: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(body, ...path);
  return Array.isArray(found) ? found : [];
}

/** The keys of the issues in an answer. */
export function keysIn(body: unknown): readonly unknown[] {
  return list(body, "issues").map((issue) => at(issue, "key"));
}

/** Calls any address; without credentials unless they are among the headers. */
async function send(url: string, method: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
  const response = await fetch(url, {
    method,
    headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(text) };
}

function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** As much as a new task needs. */
export function task(summary: string, more: Record<string, unknown> = {}): { fields: Record<string, unknown> } {
  return { fields: { project: { key: "PLAT" }, issuetype: { id: "10002" }, summary, ...more } };
}

/** A document of one paragraph. */
export function paragraph(text: string): unknown {
  return { type: "doc", version: 1, content: [{ type: "paragraph", content: [{ type: "text", text }] }] };
}
