import { z } from "zod";
import { codeOf } from "../../../src/connectors/code-of.js";
import type { Fault } from "../../../src/domain/errors.js";

export const WireThing = z.looseObject({ id: z.string(), name: z.string() });
export const WirePerson = z.looseObject({ id: z.string(), name: z.string(), mail: z.string().nullish() });
export const WireTicket = z.looseObject({
  id: z.string(),
  desk: z.string(),
  kind: z.string(),
  title: z.string(),
  text: z.string().nullish(),
  state: z.string(),
  owner: z.string().nullish(),
  made: z.string(),
});
export type WireTicket = z.infer<typeof WireTicket>;
export const Found = z.looseObject({ tickets: z.array(WireTicket), total: z.number() });
export const Made = z.looseObject({ id: z.string() });
const Problem = z.looseObject({ problem: z.string(), field: z.string().nullish() });

const PATHS: Record<string, string> = {
  desk: "project",
  kind: "type",
  title: "name",
  text: "description",
  owner: "assignees",
};

/** What a refusal means, in Pocketdesk's words where it has any. */
export function readFault(status: number, body: unknown): Fault {
  const { data } = Problem.safeParse(body);
  const path = PATHS[data?.field ?? ""];
  const message = data?.problem ?? `Pocketdesk refused the request (HTTP ${status}).`;
  return { code: codeOf(status), message, ...(path !== undefined && { path: [path] }) };
}
