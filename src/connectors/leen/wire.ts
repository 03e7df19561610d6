import { z } from "zod";

const text = z.string().nullish();
const id = z.union([z.string(), z.number()]).transform(String);

/** Leen's record of a ticket. https://docs.leen.dev/api-reference/itsm/create-ticket */
export const WireTicket = z.looseObject({
  id: z.string(),
  name: text,
  status: text,
  vendor_attributes: z
    .looseObject({
      id: id.nullish(),
      type: text,
      type_id: text,
      data: z.looseObject({ statusCategory: text }).nullish(),
    })
    .nullish(),
  active: z.boolean().nullish(),
  type: text,
  type_id: text,
  type_vendor_id: text,
  parent_ticket_id: text,
  parent_ticket_vendor_id: text,
  description: text,
  ticket_created_at: text,
  ticket_updated_at: text,
  due_date: text,
  closed_at: text,
  assigned_user_id: text,
  assigned_user_vendor_id: text,
  created_by_user_id: text,
  status_updated_at: text,
  project_id: text,
  project_vendor_id: text,
  tags: z.array(z.string()).nullish(),
  priority: text,
  url: text,
  identifier: text,
});
export type WireTicket = z.infer<typeof WireTicket>;

/** What Leen has synced goes by its UUID in `id`, and keeps the vendor's id among its attributes. */
export const WireSynced = z.looseObject({
  id: z.string(),
  name: text,
  email: text,
  status: text,
  project_type: text,
  url: text,
  vendor_attributes: z.looseObject({ id: id.nullish() }).nullish(),
});
export type WireSynced = z.infer<typeof WireSynced>;

/** What comes straight from the vendor goes by the vendor's id. */
export const WireType = z.looseObject({ vendor_id: id, name: text, description: text, subtask: z.boolean().nullish() });
export type WireType = z.infer<typeof WireType>;
export const WireProject = z.looseObject({
  vendor_id: id,
  name: text,
  project_type: text,
  url: text,
  issue_types: z.array(WireType).nullish(),
});
export type WireProject = z.infer<typeof WireProject>;
export const WireUser = z.looseObject({ vendor_id: id, name: text, email: text, active: z.boolean().nullish() });
export type WireUser = z.infer<typeof WireUser>;

/** A found ticket is Jira's own issue, or Leen's flat form of it: the documentation says only "vendor-specific". */
export const WireFound = z.union([
  z.looseObject({ key: z.string(), fields: z.looseObject({}) }),
  z.looseObject({ vendor_id: id, name: text }),
]);
export type WireFound = z.infer<typeof WireFound>;

/** A page; the list's name isn't told for every endpoint. */
export function pageOf<T>(
  item: z.ZodType<T>,
): z.ZodType<{ readonly items: readonly T[]; readonly next: string | undefined; readonly total: number | null }> {
  return z
    .union([
      z.array(item).transform((items) => ({ items })),
      z.looseObject({ items: z.array(item) }),
      z.looseObject({ data: z.array(item) }).transform(({ data, ...rest }) => ({ ...rest, items: data })),
      z.looseObject({ results: z.array(item) }).transform(({ results, ...rest }) => ({ ...rest, items: results })),
      z.looseObject({ issues: z.array(item) }).transform(({ issues, ...rest }) => ({ ...rest, items: issues })),
      z.looseObject({ tickets: z.array(item) }).transform(({ tickets, ...rest }) => ({ ...rest, items: tickets })),
    ])
    .transform((page) => {
      const { items, next_cursor, total } = page as { items: readonly T[]; next_cursor?: unknown; total?: unknown };
      return {
        items,
        next: typeof next_cursor === "string" && next_cursor !== "" ? next_cursor : undefined,
        total: typeof total === "number" ? total : null,
      };
    }) as never;
}

/** https://docs.leen.dev: Bulk Create ITSM Tickets (Sync). */
export const BulkAnswer = z.looseObject({
  results: z.array(
    z.looseObject({
      success: z.boolean(),
      request_index: z.int(),
      ticket_id: text,
      vendor_ticket_id: text,
      error: text,
    }),
  ),
});
export type BulkAnswer = z.infer<typeof BulkAnswer>;

export const JobStarted = z.looseObject({ job_id: z.string() });

/** The results of a failed job come as JSON in a text, or as an object. */
const failure = z.looseObject({
  results: z.array(z.looseObject({ success: z.boolean(), request_index: z.int(), error: text })).default([]),
});
export const Job = z.looseObject({
  status: z.string(),
  failure_reason: z.preprocess(parsed, z.union([failure, z.string()]).nullish()),
});
export type Job = z.infer<typeof Job>;

function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** Some answers have a list of details, some a sentence. */
export const LeenError = z.looseObject({
  message: text,
  detail: z
    .union([
      z.string().transform((msg) => [{ msg, loc: undefined }]),
      z.array(
        z.looseObject({
          msg: text,
          message: text,
          loc: z.array(z.union([z.string(), z.number()])).nullish(),
          field: text,
        }),
      ),
    ])
    .nullish()
    .catch(null),
});
