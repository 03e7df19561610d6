import type { IncomingMessage, ServerResponse } from "node:http";
import Negotiator from "negotiator";
import { send, UNKEPT } from "./answer.js";
import { formatted } from "./formatted.js";
import type { KnownQueries } from "./known-queries.js";
import type { Asked } from "./limits/asked.js";
import { note, type Noted } from "./limits/told-cost.js";
import { endOf } from "./outcome.js";
import type { ServerOptions } from "./server-options.js";

/** What is needed to answer a query without Apollo Server. */
export interface KnownParts {
  readonly known: KnownQueries;
  readonly formatError: ServerOptions["formatError"];
}

/**
 * Answers a query that Apollo Server has let through before, to the byte as it would; false, and nothing is sent, where it has to see it.
 * The request was posted as JSON, which no page of another origin can do without a preflight.
 */
export async function answerKnown(
  { known, formatError }: KnownParts,
  req: IncomingMessage,
  res: ServerResponse,
  asked: Asked,
  noted: Noted,
  makeContext: () => object | Promise<object>,
): Promise<boolean> {
  const type = contentTypeFor(req.headers.accept);
  if (type === undefined) return false;
  const run = await known.run(asked, async () => note(await makeContext(), noted));
  if (!run) return false;
  const { name, result } = run;
  const errors = result.errors?.map((error) => formatted(error, formatError));
  const answer = {
    ...(errors && { errors }),
    data: result.data,
    ...(noted.cost && { extensions: { cost: noted.cost } }),
  };
  noted.ended?.(endOf(answer, { name, type: "query" }));
  send(res, 200, type, `${JSON.stringify(answer)}\n`, UNKEPT);
  return true;
}

const TYPES = ["application/json; charset=utf-8", "application/graphql-response+json; charset=utf-8"];

/** As Apollo Server chooses; undefined where it would choose neither, or something else. */
function contentTypeFor(accept: string | undefined): string | undefined {
  if (accept === undefined || accept === "" || accept === "*/*") return TYPES[0];
  return accept.includes("callback") ? undefined : new Negotiator({ headers: { accept } }).mediaType(TYPES);
}
