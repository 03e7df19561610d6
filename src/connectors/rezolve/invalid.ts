import { VendorError, type Fault } from "../../domain/errors.js";
import type { Outcome } from "../connector.js";
import { nameOf } from "./fields.js";
import type { Invalid, WireType } from "./wire.js";
import { cleaned } from "../words.js";

/** A failed validation as one fault for each field, by the name that people know and the place where the caller gave it. */
export function refusalOf(
  { message, validationResult: { reason } }: Invalid,
  type: WireType,
  paths: ReadonlyMap<string, readonly string[]>,
): Outcome<never> {
  const [first, ...also] = Object.entries(reason).map(([id, messages]): Fault => {
    const field = type.fields?.find((one) => one.id === id);
    const name = field ? nameOf(field) : id;
    const words = messages.map(cleaned).join(" ");
    const allowed = (field?.options ?? []).map(({ label }) => label);
    return {
      code: "INVALID",
      message: words.includes(name) ? words : `${name}: ${words}`,
      path: paths.get(id) ?? (id === "offerId" ? ["vendor", "rezolve", "offerId"] : ["customFields", name]),
      ...(allowed.length > 0 && { allowedValues: allowed }),
    };
  });
  const fault = first ?? { code: "INVALID", message: cleaned(message ?? "") || "Rezolve refused the ticket." };
  return { state: "rejected", error: new VendorError(fault, "no", { status: 400 }), ...(also.length > 0 && { also }) };
}
