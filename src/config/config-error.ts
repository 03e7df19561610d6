/** The configuration can't be used; the message says all that is wrong with it and what is wanted instead. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}
