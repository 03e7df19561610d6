import { z } from "zod";

const text = z.string().nullish();
const id = z.union([z.string(), z.number()]).transform(String);

/** An option is an object, or just its word. */
const option = z.union([
  id.transform((value) => ({ value, label: value })),
  z.looseObject({ value: id, label: text }).transform(({ value, label }) => ({ value, label: label ?? value })),
]);
export const WireField = z.looseObject({
  id,
  name: text,
  label: text,
  type: text,
  required: z.boolean().nullish(),
  options: z.array(option).nullish(),
  defaultValue: z.unknown().optional(),
});
export type WireField = z.infer<typeof WireField>;

export const WireType = z.looseObject({
  id,
  name: text,
  description: text,
  fields: z.array(WireField).nullish(),
  workflow: z
    .looseObject({
      statuses: z.array(z.looseObject({ id, name: text, key: text })).nullish(),
      transitions: z
        .array(z.looseObject({ from: z.union([z.array(id), id.transform((one) => [one])]).nullish(), to: id }))
        .nullish(),
    })
    .nullish(),
});
export type WireType = z.infer<typeof WireType>;

export const WireOffer = z.looseObject({
  id,
  name: text,
  description: text,
  team: text,
  item_type: z.union([id, z.looseObject({ id }).transform((type) => type.id)]).nullish(),
});
export type WireOffer = z.infer<typeof WireOffer>;

export const WireQueue = z.looseObject({ team: text });

export const WireUser = z.looseObject({
  id: id.nullish(),
  name: text,
  firstName: text,
  lastName: text,
  email: text,
  username: text,
  active: z.boolean().nullish(),
  teams: z.array(z.string()).nullish(),
});
export type WireUser = z.infer<typeof WireUser>;

/** Rezolve's own form of today; older pages of its documentation show another, which is turned into this one. */
const today = z.looseObject({
  object_id: z.string(),
  etag: text,
  summary: text,
  data: z.record(z.string(), z.unknown()).nullish(),
  lookup_props: z.looseObject({ teamId: text, itemTypeId: id.nullish() }).nullish(),
  status_type: text,
  status_category: text,
  created_at: text,
  updated_at: text,
});
const older = z
  .looseObject({
    ticketNumber: z.string(),
    subject: text,
    status: text,
    priority: text,
    assignee: z.looseObject({ id: id.nullish(), name: text, email: text }).nullish(),
    team: text,
    etag: text,
    createdAt: text,
    updatedAt: text,
  })
  .transform((ticket) => ({
    ...ticket,
    object_id: ticket.ticketNumber,
    summary: ticket.subject,
    status_type: ticket.status,
    status_category: undefined,
    data: undefined,
    lookup_props: { teamId: ticket.team, itemTypeId: undefined },
    created_at: ticket.createdAt,
    updated_at: ticket.updatedAt,
  }));
export const WireTicket = z.union([today, older]);
export type WireTicket = z.infer<typeof WireTicket>;

/** Answers wrap what they hold in one, two or no names. */
export function held(body: unknown, ...names: readonly string[]): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  const found = ["data", ...names].find((name) => name in body && isWrapper(body, name));
  return found === undefined ? body : held((body as Record<string, unknown>)[found], ...names);
}

/** A ticket has `data` of its own, which wraps nothing. */
function isWrapper(body: object, name: string): boolean {
  return !(name === "data" && ("object_id" in body || "ticketNumber" in body));
}

/** Reads a list, however deep it is wrapped in these names. */
export function listOf<T>(item: z.ZodType<T>, ...names: readonly string[]): (body: unknown) => readonly T[] {
  return (body) => z.array(item).parse(held(body, ...names));
}

export const Found = z
  .looseObject({
    data: z.looseObject({
      tickets: z.unknown().optional(),
      rows: z.unknown().optional(),
      count: z.unknown().optional(),
      pagination: z.unknown().optional(),
    }),
  })
  .transform(({ data }) => {
    const { total, hasMore } = (data.pagination ?? {}) as { readonly total?: unknown; readonly hasMore?: unknown };
    const count = total ?? data.count;
    return {
      tickets: z.array(WireTicket).parse(data.tickets ?? data.rows),
      total: typeof count === "number" ? count : null,
      hasMore: hasMore === true,
    };
  });

/** "On success the API returns the new etag": at the top, or in the ticket. */
export const Updated = z.looseObject({
  etag: text,
  ticket: z.looseObject({ etag: text }).nullish(),
  data: z.looseObject({ etag: text }).nullish(),
});

/** Two forms of errors. */
export const RezolveError = z.looseObject({
  code: text,
  message: text,
  error: z.union([z.boolean(), z.string(), z.looseObject({ code: text, message: text })]).nullish(),
});

/** One or more fields failed validation: messages by the field's id. */
export const Invalid = z.looseObject({
  message: text,
  validationResult: z.looseObject({
    reason: z.record(z.string(), z.union([z.array(z.string()), z.string().transform((one) => [one])])),
  }),
});
export type Invalid = z.infer<typeof Invalid>;

export const Token = z.looseObject({ access_token: z.string(), expires_in: z.coerce.number().default(300) });
