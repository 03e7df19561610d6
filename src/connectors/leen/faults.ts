import type { Fault } from "../../domain/errors.js";
import { LeenError } from "./wire.js";
import { codeOf } from "../code-of.js";
import { cleaned } from "../words.js";

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
  return { code: codeOf(status), message, ...(details.length === 1 && first?.path && { path: first.path }) };
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
