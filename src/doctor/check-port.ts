import { createServer } from "node:net";
import { failed, ok, type Finding } from "./finding.js";

/** Whether the gateway could listen there, or does so already. */
export async function checkPort(host: string, port: number): Promise<Finding> {
  const what = port === 0 ? "port" : `port ${port}`;
  if (port === 0) return ok(what, "Any free one is taken.");
  const code = await tryToListen(host, port);
  if (code === undefined) return ok(what, `Nobody listens on ${host}:${port}.`);
  if (code === "EADDRINUSE") return whoListens(what, host, port);
  const todo = { EADDRNOTAVAIL: "Set HOST to an address of this machine.", EACCES: "Set PORT to one above 1023." };
  return failed(
    what,
    `The gateway can't listen on ${host}:${port} (${code}).`,
    todo[code as keyof typeof todo] ?? "Check HOST and PORT.",
  );
}

function tryToListen(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", ({ code }: NodeJS.ErrnoException) => resolve(code ?? "for an unknown reason"));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

async function whoListens(what: string, host: string, port: number): Promise<Finding> {
  const near = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "[::1]" : host.includes(":") ? `[${host}]` : host;
  const ask = async (path: string): Promise<unknown> =>
    (await fetch(`http://${near}:${port}${path}`, { signal: AbortSignal.timeout(3_000) })).json();
  const alive = (await ask("/healthz").catch(() => ({}))) as { readonly status?: unknown };
  if (alive.status !== "ok")
    return failed(what, `Something else listens on ${host}:${port}.`, "Stop it, or set PORT to another port.");
  const { status, reason } = (await ask("/readyz").catch(() => ({}))) as { status?: unknown; reason?: unknown };
  if (status === "ready") return ok(what, `A gateway listens on ${host}:${port} and is ready.`);
  return failed(what, `A gateway listens on ${host}:${port} and isn't ready: ${String(reason)}`, "Its log says why.");
}
