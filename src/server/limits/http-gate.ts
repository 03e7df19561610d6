import type { IncomingMessage, ServerResponse } from "node:http";
import type { GraphQLError } from "graphql";
import type { Caller } from "../../domain/caller.js";
import { send, UNKEPT } from "../answer.js";
import { refusedStatus } from "../status-by-accept.js";
import type { Asked } from "./asked.js";
import { isRefused } from "./documents.js";
import type { CallCost, Gate } from "./gate.js";

/** A request as it is handed on. */
interface HttpAdmitted {
  /** The address with its query string, as `req.url`. */
  readonly url: string;
  readonly body: unknown;
  readonly cost?: CallCost;
}

/** Takes a GET or POST request through the gate. What isn't of the right shape is let through: whoever runs it says so best. */
export function admitHttp(
  gate: Gate,
  caller: Caller,
  req: IncomingMessage,
  body: unknown,
): HttpAdmitted | readonly GraphQLError[] {
  const url = req.url ?? "";
  const search = req.method === "POST" ? undefined : searchOf(url);
  const asked = search ? askedBy(search) : body;
  if (!isAsked(asked)) return { url, body };
  const admitted = gate.admit(caller, asked);
  if (isRefused(admitted)) return admitted;
  const { cost } = admitted;
  const same = admitted.asked === asked;
  return {
    url: search && !same ? withQuery(search, admitted.asked) : url,
    body: search || same ? body : admitted.asked,
    ...(cost && { cost }),
  };
}

/** Answers a document that is refused as GraphQL answers one that isn't valid. */
export function sendErrors(req: IncomingMessage, res: ServerResponse, errors: readonly GraphQLError[]): void {
  const accept = req.headers.accept ?? "";
  const type = /application\/graphql-response\+json/i.test(accept)
    ? "application/graphql-response+json"
    : "application/json";
  send(res, refusedStatus(accept), `${type}; charset=utf-8`, `${JSON.stringify({ errors })}\n`, UNKEPT);
}

/** Whether a body is of the shape that an operation is asked for in. */
export function isAsked(asked: unknown): asked is Asked {
  return typeof asked === "object" && asked !== null && !Array.isArray(asked);
}

function searchOf(url: string): URLSearchParams {
  const mark = url.indexOf("?");
  return new URLSearchParams(mark < 0 ? "" : url.slice(mark));
}

function askedBy(search: URLSearchParams): Asked {
  const json = (name: string): unknown => {
    try {
      return JSON.parse(search.get(name) ?? "null");
    } catch {
      return undefined;
    }
  };
  return {
    query: search.get("query") ?? undefined,
    operationName: search.get("operationName") ?? undefined,
    variables: json("variables"),
    extensions: json("extensions"),
    documentId: search.get("documentId") ?? undefined,
  };
}

function withQuery(search: URLSearchParams, { query }: Asked): string {
  const changed = new URLSearchParams(search);
  changed.delete("documentId");
  changed.delete("extensions");
  changed.set("query", String(query));
  return `/graphql?${changed.toString()}`;
}
