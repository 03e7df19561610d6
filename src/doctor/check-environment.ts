import { ConfigError } from "../config/config-error.js";
import { ENVIRONMENT, readEnvironment, type Config } from "../config/env.js";
import { closest } from "../domain/suggest.js";
import { failed, ok, warning, type Finding } from "./finding.js";

const WHAT = "environment";
/** Read by `ticketgraph import`. */
const OTHERS = ["TICKETGRAPH_URL", "TICKETGRAPH_API_KEY"];

/** Reads the environment as the gateway does; no configuration where it would refuse to start. */
export function checkEnvironment(env: Readonly<Record<string, string | undefined>>): {
  readonly config: Config | undefined;
  readonly findings: readonly Finding[];
} {
  const strange = Object.keys(env).flatMap((name) => misspelt(name) ?? []);
  try {
    const config = readEnvironment(env);
    const given = ENVIRONMENT.filter((name) => env[name]?.trim());
    const found = given.length > 0 ? `Set: ${given.join(", ")}.` : "Nothing is set; everything has its default.";
    return { config, findings: [ok(WHAT, found), ...strange] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return {
      config: undefined,
      findings: [...error.message.split("\n").map((line) => failed(WHAT, line)), ...strange],
    };
  }
}

function misspelt(name: string): Finding | undefined {
  if (!name.startsWith("TICKETGRAPH_") || ENVIRONMENT.includes(name) || OTHERS.includes(name)) return undefined;
  const meant = closest(name, ENVIRONMENT);
  return meant === undefined
    ? undefined
    : warning(WHAT, `${name} is set, but nothing reads it.`, `Did you mean ${meant}?`);
}
