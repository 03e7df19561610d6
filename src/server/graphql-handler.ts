import { once } from "node:events";
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import {
  HeaderMap,
  type ApolloServer,
  type BaseContext,
  type ContextThunk,
  type HTTPGraphQLResponse,
} from "@apollo/server";
import { send } from "./answer.js";

/**
 * Hands one HTTP request to Apollo Server and its answer to the socket. Of `asked`, `url` is the address with its query string and `body`
 * the parsed JSON, undefined where there is none; `defaults` are headers that Apollo may replace.
 * Nothing here watches whether the client is still there: an operation that has begun is finished.
 */
export async function answerGraphql<C extends BaseContext>(
  apollo: ApolloServer<C>,
  req: IncomingMessage,
  res: ServerResponse,
  { url, body }: { readonly url: string; readonly body: unknown },
  context: ContextThunk<C>,
  defaults?: OutgoingHttpHeaders,
): Promise<void> {
  const mark = url.indexOf("?");
  const answer = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: req.method ?? "GET",
      headers: headerMap(req),
      search: mark < 0 ? "" : url.slice(mark),
      body,
    },
    context,
  });
  const { "content-type": type = "application/json; charset=utf-8", ...headers } = Object.fromEntries(answer.headers);
  if (answer.body.kind === "complete")
    send(res, answer.status ?? 200, type, answer.body.string, { ...defaults, ...headers });
  else await stream(res, answer.status ?? 200, { ...defaults, ...headers, "content-type": type }, answer.body);
}

function headerMap(req: IncomingMessage): HeaderMap {
  const map = new HeaderMap();
  for (const name in req.headers) {
    const value = req.headers[name];
    if (value !== undefined) map.set(name, typeof value === "string" ? value : value.join(", "));
  }
  return map;
}

async function stream(
  res: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
  body: Extract<HTTPGraphQLResponse["body"], { kind: "chunked" }>,
): Promise<void> {
  res.writeHead(status, headers);
  for await (const chunk of body.asyncIterator) {
    if (res.destroyed) return;
    if (!res.write(chunk)) await Promise.race([once(res, "drain"), once(res, "close")]);
  }
  res.end();
}
