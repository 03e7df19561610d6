export const INPUT_ERROR_CODES = ["INVALID_INPUT", "FORBIDDEN", "CONFLICT"] as const;
type InputErrorCode = (typeof INPUT_ERROR_CODES)[number];

/** What is wrong with an input, and where: data for the caller, as a form shows it. */
export interface InputError {
  readonly code: InputErrorCode;
  readonly message: string;
  /** In the names of the input: `["scopes", "1"]`. */
  readonly path: readonly string[];
  readonly allowedValues: readonly string[];
}
