import { z } from "zod";

/** Ids are strings in some answers and numbers in others. */
const id = z.union([z.string(), z.number()]).transform(String);
const text = z.union([z.string(), z.number()]).transform(String).nullish();

export const WireUser = z.looseObject({ id, Name: text, RealName: text, EmailAddress: text, Disabled: text });
export type WireUser = z.infer<typeof WireUser>;

export const WireQueue = z.looseObject({ id, Name: text, Description: text, Lifecycle: text, Disabled: text });
export type WireQueue = z.infer<typeof WireQueue>;

export const WireTicket = z.looseObject({
  id,
  Subject: text,
  Status: text,
  Priority: text,
  Queue: WireQueue.nullish(),
  Owner: WireUser.nullish(),
  Creator: WireUser.nullish(),
  // An empty list comes as an empty text now and then.
  Requestors: z.array(WireUser).nullish().catch(null),
  CustomFields: z
    .array(z.looseObject({ name: text, values: z.array(z.unknown()).nullish() }))
    .nullish()
    .catch(null),
  Created: text,
  LastUpdated: text,
  Due: text,
  Resolved: text,
  _hyperlinks: z.array(z.looseObject({ ref: text, id: id.nullish() })).nullish(),
});
export type WireTicket = z.infer<typeof WireTicket>;

export const WireCustomField = z.looseObject({
  id,
  Name: text,
  Type: text,
  MaxValues: text,
  Pattern: text,
  Values: z.unknown().optional(),
});
export type WireCustomField = z.infer<typeof WireCustomField>;

export const WireTransaction = z.looseObject({ id, ObjectId: id });
export const WireEntry = z.looseObject({ id, ObjectId: id, Type: text, Created: text, Creator: WireUser.nullish() });
export type WireEntry = z.infer<typeof WireEntry>;
export const WireFile = z.looseObject({
  id,
  TransactionId: z.union([z.looseObject({ id }), id.transform((one) => ({ id: one }))]),
  Filename: text,
  ContentType: text,
  ContentLength: text,
  Created: text,
});
export type WireFile = z.infer<typeof WireFile>;
export const WireAttachment = z.looseObject({ id, TransactionId: id, ContentType: text, Content: text });
export type WireAttachment = z.infer<typeof WireAttachment>;

export function collection<T>(
  item: z.ZodType<T>,
): z.ZodType<{ items: T[]; page: number; pages: number; total: number | null }> {
  return z
    .looseObject({
      items: z.array(item),
      page: z.coerce.number().default(1),
      pages: z.coerce.number().default(1),
      total: z.coerce.number().nullish(),
    })
    .transform(({ items, page, pages, total }) => ({ items, page, pages, total: total ?? null })) as z.ZodType<{
    items: T[];
    page: number;
    pages: number;
    total: number | null;
  }>;
}

export const Created = z.looseObject({ id });
/** One element of a bulk create's answer: an id, or words. */
export const CreatedOrNot = z.array(z.union([Created, z.looseObject({ message: z.string() })]));
/** What an update says, changed or refused. */
export const Sentences = z.array(z.string());
export const Message = z.looseObject({ message: z.string() });
