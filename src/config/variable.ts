import { z } from "zod";

/** One environment variable: how it is read, and what people are told of it. */
export interface Variable<T> {
  readonly fallback: string | undefined;
  /** For people: what the variable decides. */
  readonly about: string;
  readonly wanted: string;
  readonly schema: z.ZodType<T>;
  /** Never told back. */
  readonly isSecret?: boolean;
}

/** Any text. */
export function text(fallback: string, about: string): Variable<string> {
  return { fallback, about, wanted: "a text", schema: z.string() };
}

/** Keys of 32 bytes in base64, separated by commas; never told back. None where it is absent. */
export function secretKeys(about: string, max: number): Variable<readonly Buffer[]> {
  const key = z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/)
    .transform((text) => Buffer.from(text, "base64"));
  const schema = z
    .string()
    .transform((list) => list.split(",").map((one) => one.trim()))
    .pipe(z.array(key).max(max))
    .optional()
    .transform((keys) => keys ?? []);
  const wanted = `32 bytes in base64, as made by: openssl rand -base64 32${max > 1 ? `; up to ${max} of them` : ""}`;
  return { fallback: undefined, about, wanted, schema, isSecret: true };
}

/** A secret that is long enough not to be guessed; never told back. */
export function secretText(about: string): Variable<string | undefined> {
  const schema = z
    .string()
    .regex(/^[\x21-\x7e]{24,200}$/)
    .optional();
  const wanted = "24 to 200 letters, digits and signs, as made by: openssl rand -hex 32";
  return { fallback: undefined, about, wanted, schema, isSecret: true };
}

/** Any text, or none. */
export function optionalText(about: string): Variable<string | undefined> {
  return { fallback: undefined, about, wanted: "a text", schema: z.string().optional() };
}

/** The address of a PostgreSQL. */
export function postgresUrl(about: string): Variable<string | undefined> {
  const isUrl = (text: string): boolean => URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol);
  const schema = z.string().refine(isUrl).optional();
  return {
    fallback: undefined,
    about,
    wanted: "an address such as postgres://user@localhost:5432/ticketgraph",
    schema,
  };
}

/** A whole number between bounds. */
export function wholeNumber(fallback: string, about: string, min: number, max: number): Variable<number> {
  const schema = z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(min).max(max));
  return { fallback, about, wanted: `a whole number from ${min} to ${max}`, schema };
}

/** A whole number between bounds, or none. */
export function optionalNumber(about: string, min: number, max: number): Variable<number | undefined> {
  const { wanted, schema } = wholeNumber("0", about, min, max);
  return { fallback: undefined, about, wanted, schema: schema.optional() };
}

/** One word of several. */
export function choice<T extends string>(fallback: T, about: string, values: readonly [T, ...T[]]): Variable<T> {
  return { fallback, about, wanted: `one of ${values.join(", ")}`, schema: z.enum(values) as z.ZodType<T> };
}

/** Yes or no; no where it is absent. */
export function flag(about: string): Variable<boolean> {
  const schema = z.enum(["true", "1", "false", "0"]).transform((text) => text === "true" || text === "1");
  return { fallback: "false", about, wanted: "true or false (or 1 or 0)", schema };
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

/** An origin of web pages, or none. */
export function origin(about: string): Variable<string | undefined> {
  const wanted = 'an origin such as "https://tickets.example.com", without a path or a slash at the end';
  return { fallback: undefined, about, wanted, schema: z.string().refine(isOrigin).optional() };
}

/** Origins of web pages, separated by commas. */
export function origins(about: string): Variable<readonly string[]> {
  const schema = z
    .string()
    .transform((list) => list.split(",").map((origin) => origin.trim()))
    .pipe(z.array(z.string().refine(isOrigin)));
  const wanted =
    'a list of origins such as "https://studio.apollographql.com", without paths, "*" or a slash at the end';
  return { fallback: undefined, about, wanted, schema: schema.optional().transform((list) => list ?? []) };
}
