import type { Config } from "../config/env.js";
import { readSettings, type Settings } from "../config/settings.js";
import { vendorsByName } from "../connectors/registry.js";

/** The operator's configuration file, checked by the vendors that it names. Throws ConfigError. */
export function settingsOf(
  { settingsPath }: Config,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Settings> {
  const schemas = new Map([...vendorsByName].map(([name, { settings }]) => [name, settings]));
  return readSettings(settingsPath ?? "", env, schemas);
}
