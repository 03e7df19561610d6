import { z } from "zod";
import type { CreateTicketInput, IssueTypeRefInput, RefInput } from "./generated/sdk.js";

/** A text stands for the vendor's own id (a project's key, a user's account); an object says which kind of reference it is. */
const ref = z.union(
  [
    z.string().transform((vendorId): RefInput => ({ vendorId: vendorId.trim() })),
    z.strictObject({ id: z.string() }),
    z.strictObject({ vendorId: z.string() }),
  ],
  { error: 'is neither a text, {"id": …} nor {"vendorId": …}' },
);
const type = z.union(
  [
    z.string().transform((name): IssueTypeRefInput => ({ name: name.trim() })),
    z.strictObject({ id: z.string() }),
    z.strictObject({ vendorId: z.string() }),
    z.strictObject({ name: z.string() }),
  ],
  { error: 'is neither a text, {"id": …}, {"vendorId": …} nor {"name": …}' },
);
const text = z.string({ error: "is not a text" });
/** In a cell, several are separated by commas or semicolons. */
const severalOf = <T>(one: z.ZodType<T>): z.ZodType<readonly T[]> =>
  z.preprocess(
    (value) =>
      typeof value === "string"
        ? value
            .split(/[,;]/)
            .map((part) => part.trim())
            .filter(Boolean)
        : value,
    z.array(one, { error: "is not a list" }),
  );

/** How each field is read from a cell; what it finds wrong is the end of a sentence that begins with the value. */
export const FIELDS = {
  name: text,
  project: ref,
  type,
  description: text,
  descriptionFormat: z.enum(["MARKDOWN", "HTML", "PLAIN", "ADF"], {
    error: "is none of MARKDOWN, HTML, PLAIN and ADF",
  }),
  status: text,
  priority: text,
  assignees: severalOf(ref),
  reporters: severalOf(ref),
  parent: ref,
  tags: severalOf(text),
  dueDate: z.union([z.iso.date(), z.iso.datetime({ offset: true })], {
    error: "is not a date such as 2026-12-31",
  }),
  customFields: z.preprocess(
    (value) => (typeof value === "string" ? jsonOf(value) : value),
    z.record(z.string(), z.unknown(), { error: 'is not an object such as {"customfield_10010": "S2"}' }),
  ),
  identifier: text,
  idempotencyKey: text,
  vendor: z.preprocess(
    (value) => (typeof value === "string" ? jsonOf(value) : value),
    z.record(z.string(), z.unknown(), { error: 'is not an object such as {"rezolve": {"offerId": "23629"}}' }),
  ),
} as const satisfies Readonly<Partial<Record<keyof CreateTicketInput, z.ZodType>>>;

export type Field = keyof typeof FIELDS;

/** The value of JSON text; undefined where it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
