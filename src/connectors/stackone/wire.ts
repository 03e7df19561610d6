import { z } from "zod";

const text = z.string().nullish();
const id = z.union([z.string(), z.number()]).transform(String);
/** Enums are open: a word that StackOne doesn't map comes as itself, or as null beside its source's word. */
const word = z.looseObject({
  value: text,
  source_value: z.union([z.string(), z.number()]).transform(String).nullish().catch(null),
});
/** People and things come as ids, or whole where they are expanded. */
const ids = z.array(z.union([id, z.looseObject({ id }).transform((thing) => thing.id)])).nullish();
const content = z.array(z.looseObject({ plain: text, html: text })).nullish();
const thing = z.looseObject({ id, remote_id: id.nullish(), name: text });

export const WireTicket = z.looseObject({
  id,
  title: text,
  ticket_number: id.nullish(),
  ticket_url: text,
  creator_id: id.nullish(),
  reporters: ids,
  assignees: ids,
  content,
  parent_id: id.nullish(),
  priority: word.extend({ id: id.nullish() }).nullish(),
  tags: z.array(z.string()).nullish(),
  projects: z.array(thing).nullish(),
  collections: z.array(thing).nullish(),
  project_id: id.nullish(),
  type: z
    .looseObject({ id: id.nullish(), name: text, project_id: id.nullish(), collection_id: id.nullish() })
    .nullish(),
  status: z.looseObject({ id: id.nullish(), name: text, type: z.union([word, z.string()]).nullish() }).nullish(),
  closed_at: text,
  created_at: text,
  updated_at: text,
});
export type WireTicket = z.infer<typeof WireTicket>;

export const WireProject = thing.extend({ description: text });
export type WireProject = z.infer<typeof WireProject>;
export const WireType = z.looseObject({ id, name: text, description: text });
export type WireType = z.infer<typeof WireType>;
export const WireComponent = z.looseObject({ id, name: text });
export type WireComponent = z.infer<typeof WireComponent>;
export const WireStatus = z.looseObject({ id, name: text, type: z.union([word, z.string()]).nullish() });
export type WireStatus = z.infer<typeof WireStatus>;
export const WireUser = z.looseObject({
  id,
  name: text,
  first_name: text,
  last_name: text,
  username: text,
  primary_email: text,
  active: z.boolean().nullish(),
});
export type WireUser = z.infer<typeof WireUser>;
export const WireComment = z.looseObject({ id, user_id: id.nullish(), content, created_at: text, updated_at: text });
export type WireComment = z.infer<typeof WireComment>;
export const WireAttachment = z.looseObject({
  id,
  file_name: text,
  file_format: word.nullish(),
  size: z.number().nullish(),
  created_at: text,
});
export type WireAttachment = z.infer<typeof WireAttachment>;

export const Created = z.looseObject({ data: z.looseObject({ id }) });

/** A page as StackOne pages: by an opaque cursor. */
export interface WirePage<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/** A page of anything; `next` is null at the end. */
export function pageOf<T>(item: z.ZodType<T>): z.ZodType<WirePage<T>> {
  return z
    .looseObject({ data: z.array(item), next: text })
    .transform(({ data, next }) => ({ items: data as readonly T[], next: next || undefined }));
}

/** One thing, as StackOne wraps it. */
export function oneOf<T>(item: z.ZodType<T>): z.ZodType<T> {
  return z.looseObject({ data: item }).transform(({ data }) => data as T);
}

/** https://docs.stackone.com/guides/unified-api-error-codes-and-troubleshooting-guide */
export const StackOneError = z.looseObject({
  message: z.union([z.string(), z.array(z.string()).transform((all) => all.join(" "))]).nullish(),
  provider_errors: z
    .array(z.looseObject({ status: z.number().nullish(), raw: z.unknown().optional() }))
    .nullish()
    .catch(null),
});
