import type { Fault, VendorErrorCode } from "../../domain/errors.js";
import type { Headers, Limit } from "../../http/http.js";
import { LeenError } from "./wire.js";
import { cleaned } from "../words.js";

const CODES: Record<number, VendorErrorCode> = {
  401: "AUTH",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  409: "CONFLICT",
  429: "RATE_LIMITED",
};

/** What a refusal means, in Leen's own words where it has any. */
export function readFault(status: number, body: unknown): Fault {
  if (status === 401)
    return {
      code: "AUTH",
      message: "Leen refused the credentials of this connection. Check the API key and the connection id.",
    };
  const { data } = LeenError.safeParse(body);
  if (status >= 500)
    return {
      code: "UNAVAILABLE",
      message: `Leen, or the system behind it, has a problem of its own (HTTP ${status}).`,
    };
  const details = (data?.detail ?? []).map((one) => ({
    words: one.msg ?? ("message" in one ? one.message : undefined) ?? "",
    path: pathOf(one.loc?.at(-1) ?? ("field" in one ? one.field : undefined)),
  }));
  const [first] = details;
  const words = [data?.message ?? "", ...details.map(({ words }) => words)].filter((part) => part !== "");
  const message = words.map(cleaned).join(" ") || `Leen refused the request (HTTP ${status}).`;
  const code = CODES[status] ?? "INVALID";
  return { code, message, ...(details.length === 1 && first?.path && { path: first.path }) };
}

const PATHS: Record<string, string> = {
  name: "name",
  description: "description",
  status: "status",
  priority: "priority",
  identifier: "identifier",
  project_id: "project",
  project_vendor_id: "project",
  type: "type",
  type_id: "type",
  type_vendor_id: "type",
  assigned_user_id: "assignees",
  assigned_user_vendor_id: "assignees",
  parent_ticket_id: "parent",
  parent_ticket_vendor_id: "parent",
};

function pathOf(field: unknown): readonly string[] | undefined {
  const path = PATHS[String(field)];
  return path === undefined ? undefined : [path];
}

/** Leen documents no limits; whoever says 429 is believed. */
export function readLimit(status: number, headers: Headers): Limit | undefined {
  if (status !== 429 && !(status === 503 && headers["retry-after"])) return undefined;
  const seconds = Number(headers["retry-after"]);
  return { waitMs: Number.isFinite(seconds) ? seconds * 1_000 : 2_000, scope: "connection" };
}
