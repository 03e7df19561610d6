import { VendorError } from "../../domain/errors.js";
import type { Text } from "../../domain/rich-text.js";
import type { TicketDraft } from "../../domain/ticket.js";
import { written } from "../rich-text.js";
import { noSuch, wrong } from "../wrong.js";
import type { RezolveOwn } from "./create-input.js";
import { defaultOf, valueOf } from "./field-value.js";
import { descriptionField, fieldsNamed, nameOf, typeOf } from "./fields.js";
import type { RezolveSite } from "./settings.js";
import type { WireField, WireType } from "./wire.js";

/** Values by the field's id, and where in the draft each came from. */
interface Filled {
  readonly values: Readonly<Record<string, unknown>>;
  readonly paths: ReadonlyMap<string, readonly string[]>;
}
/** The parts of a ticket that Rezolve keeps in fields of its type. */
interface Fillable {
  readonly description?: Text | null;
  readonly priority?: string | null;
  readonly status?: string;
  readonly customFields?: Readonly<Record<string, unknown>>;
}

/** A draft as Rezolve takes it: attachments and relation are always there. Throws VendorError, with nothing sent. */
export function newTicketOf(
  draft: TicketDraft,
  type: WireType,
  offerId: string,
  site: RezolveSite,
): { readonly body: Readonly<Record<string, unknown>>; readonly paths: Filled["paths"] } {
  const { relation } = (draft.own ?? {}) as Partial<RezolveOwn>;
  const { values, paths } = filledFields(draft, type, site);
  requireAll(type, values, site);
  const defaults = Object.fromEntries(
    (type.fields ?? [])
      .filter(({ id }) => !(id in values))
      .flatMap((field) => {
        const value = defaultOf(field);
        return value === undefined ? [] : [[field.id, value]];
      }),
  );
  return {
    body: {
      source: "api",
      summary: draft.name,
      ticketBody: { offerId, ...defaults, ...values },
      attachments: {},
      ticketRelation: relation ?? null,
    },
    paths,
  };
}

/** What goes into a type's own fields, found by id, label or definition. Throws VendorError INVALID or UNSUPPORTED. */
export function filledFields(parts: Fillable, type: WireType, site: RezolveSite): Filled {
  const values: Record<string, unknown> = {};
  const paths = new Map<string, readonly string[]>();
  const put = (field: WireField, value: unknown, path: readonly string[]): void => {
    if (field.id in values) throw wrong(path, `"${nameOf(field)}" was given twice. Give it once.`);
    values[field.id] = value;
    paths.set(field.id, path);
  };
  for (const [word, value] of Object.entries(parts.customFields ?? {})) {
    const path = ["customFields", word];
    const [field, ...others] = fieldsNamed(type, word);
    if (!field) throw unknownField(type, word, path);
    if (others.length > 0) {
      const ids = [field, ...others].map(({ id }) => id);
      throw wrong(
        path,
        `"${word}" names ${ids.length} fields of this type. Give one by its id: ${ids.join(", ")}.`,
        ids,
      );
    }
    put(field, valueOf(field, value, path), path);
  }
  const { description, priority, status } = parts;
  if (description !== undefined) {
    const field = descriptionField(type, site);
    if (!field) throw lacks(type, "description", "long text");
    put(field, description === null ? null : written(description, "HTML", "Rezolve"), ["description"]);
  }
  for (const [path, word, name] of [
    ["priority", priority, site.options.priorityField],
    ["status", status, site.options.statusField],
  ] as const) {
    if (word === undefined) continue;
    const [field] = fieldsNamed(type, name);
    if (!field) throw lacks(type, path, `field "${name}"`);
    put(field, word === null ? null : valueOf(field, word, [path]), [path]);
  }
  return { values, paths };
}

/**
 * Throws VendorError INVALID for a required field that neither the draft nor a default fills. The status is the workflow's to
 * give, and files can't be given at all: of those Rezolve itself is the judge.
 */
function requireAll(type: WireType, values: Readonly<Record<string, unknown>>, site: RezolveSite): void {
  const [status] = fieldsNamed(type, site.options.statusField);
  const missing = (type.fields ?? []).find(
    (field) =>
      field.required &&
      values[field.id] == null &&
      defaultOf(field) === undefined &&
      field !== status &&
      typeOf(field) !== "ATTACHMENT",
  );
  if (!missing) return;
  const names = (missing.options ?? []).map(({ label }) => label);
  const name = nameOf(missing);
  const [priority] = fieldsNamed(type, site.options.priorityField);
  const own = missing === priority ? "priority" : missing === descriptionField(type, site) ? "description" : undefined;
  const path = own === undefined ? ["customFields", name] : [own];
  const choices = names.length > 0 ? ` There are: ${names.join(", ")}.` : "";
  throw wrong(path, `Rezolve wants the field "${name}" for this type. Give a value.${choices}`, names);
}

function lacks(type: WireType, path: string, what: string): VendorError {
  const message = `The type ${type.name ?? type.id} has no ${what}, so its tickets can't have a ${path}. Leave it out.`;
  return new VendorError({ code: "UNSUPPORTED", message, path: [path] }, "no");
}

function unknownField(type: WireType, word: string, path: readonly string[]): VendorError {
  const names = (type.fields ?? []).map(nameOf);
  return noSuch(path, `The type ${type.name ?? type.id} has no field "${word}".`, word, names);
}
