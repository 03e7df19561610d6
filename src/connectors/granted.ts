import type { ZodObject, ZodType } from "zod";

/** What stands for what a vendor's authorization server has yet to give: it opens nothing. */
const PENDING = "to-be-granted";

/** Settings in which what a person gets by signing in at the vendor is still missing, made whole so that the rest can be checked. */
export function withGranted(
  schema: ZodType,
  given: unknown,
): { readonly value: unknown; /** Whether something was missing. */ readonly isPending: boolean } {
  const def = schema.def as {
    readonly type: string;
    readonly innerType?: ZodType;
    readonly options?: readonly ZodType[];
  };
  if (def.innerType) return withGranted(def.innerType, given);
  if (typeof given !== "object" || given === null) return { value: given, isPending: false };
  if (def.type === "union") {
    const option = def.options?.find((one) => Object.keys(given).every((key) => key in (one as ZodObject).shape));
    return option ? withGranted(option, given) : { value: given, isPending: false };
  }
  if (def.type !== "object") return { value: given, isPending: false };
  let isPending = false;
  const whole: Record<string, unknown> = { ...given };
  for (const [name, field] of Object.entries((schema as ZodObject).shape) as [string, ZodType][]) {
    if (field.meta()?.["granted"] === true && whole[name] === undefined) {
      isPending = true;
      whole[name] = PENDING;
    } else if (whole[name] !== undefined) {
      const inner = withGranted(field, whole[name]);
      isPending ||= inner.isPending;
      whole[name] = inner.value;
    }
  }
  return { value: whole, isPending };
}
