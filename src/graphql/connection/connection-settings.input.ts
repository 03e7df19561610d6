import { Field } from "type-graphql";
import type { ZodObject } from "zod";
import type { Vendor } from "../../connectors/connector.js";
import { VENDORS } from "../../connectors/registry.js";
import { ONE_OF } from "../common/one-of.js";
import { givenFor, inputClass, inputOf } from "../common/zod-input.js";

/** One field for each vendor: what a connection to it needs, credentials included. */
export const ConnectionSettingsInput = inputClass(
  "ConnectionSettingsInput",
  "Exactly one: where the vendor is and how the gateway signs in there. Credentials are encrypted, and never told to anybody again.",
);
ONE_OF.push("ConnectionSettingsInput");

/** By the field's name: "requestTracker". */
const VENDOR_OF = new Map<string, Vendor>();
for (const vendor of VENDORS) {
  const field = vendor.name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  VENDOR_OF.set(field, vendor);
  const name = `${field.charAt(0).toUpperCase()}${field.slice(1)}ConnectionInput`;
  const input = inputOf(name, vendor.settings as unknown as ZodObject, `A connection to ${vendor.title}.`);
  Field(() => input, { nullable: true, description: `A connection to ${vendor.title}.` })(
    ConnectionSettingsInput.prototype,
    field,
  );
}

/** Which vendor was chosen, and what was given for it as the vendor's own schema wants it. */
export function settingsGiven(input: object): {
  readonly vendor: string;
  readonly field: string;
  readonly given: Readonly<Record<string, unknown>>;
} {
  const [field = "", given] = Object.entries(input).find(([, value]) => value != null) ?? [];
  const vendor = VENDOR_OF.get(field);
  if (!vendor) throw new Error(`The schema offers no connection called ${field}.`);
  return { vendor: vendor.name, field, given: givenFor(vendor.settings, given) as Readonly<Record<string, unknown>> };
}
