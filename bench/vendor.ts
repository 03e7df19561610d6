import { createServer } from "node:http";
import { startJiraSandbox } from "../src/sandbox/jira/server.js";

/**
 * A vendor that answers at once: the sandbox's own answers, each computed once and then given from memory, so that a
 * benchmark measures the gateway and not the sandbox. Runs in a process of its own and says its address to the parent.
 */
const sandbox = await startJiraSandbox();
const answers = new Map<string, { readonly status: number; readonly body: Buffer }>();

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks).toString();
    const known = `${request.method} ${request.url} ${body}`;
    const send = ({ status, body }: { status: number; body: Buffer }): void => {
      response.writeHead(status, { "content-type": "application/json", "content-length": body.length }).end(body);
    };
    const answer = answers.get(known);
    if (answer) return send(answer);
    void fetch(`${sandbox.url}${request.url}`, {
      method: request.method ?? "GET",
      headers: { authorization: request.headers.authorization ?? "", "content-type": "application/json" },
      ...(body && { body }),
    }).then(async (fresh) => {
      const made = { status: fresh.status, body: Buffer.from(await fresh.arrayBuffer()) };
      answers.set(known, made);
      send(made);
    });
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const { email, apiToken } = sandbox;
  process.send?.({ vendor: { url: `http://127.0.0.1:${port}`, email, apiToken } });
});
