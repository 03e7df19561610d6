import { Field } from "type-graphql";
import { VENDORS } from "../../connectors/registry.js";
import { inputClass, inputOf, metaOf } from "../common/zod-input.js";

/** One field for each vendor that takes more than the common ones. */
export const VendorCreateInput = inputClass("VendorCreateInput", "What only one vendor's creates take.");
for (const { name, title, createInput } of VENDORS) {
  if (!createInput) continue;
  const { id = "" } = metaOf(createInput);
  const input = inputOf(id, createInput, `What only ${title} takes when a ticket is created.`);
  Field(() => input, { nullable: true, description: `For a connection to ${title}.` })(
    VendorCreateInput.prototype,
    name,
  );
}

/** What the caller gave under `vendor`, by the vendor's name: null is as good as absent. */
export function vendorFieldsOf(input: object): Readonly<Record<string, unknown>> {
  return present(input, (own) => (typeof own === "object" ? present(own as object, (value) => value) : own));
}

function present(given: object, read: (value: unknown) => unknown): Record<string, unknown> {
  const entries = Object.entries(given).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, read(value)]));
}
