import { isObject, type JsonObject } from "../json.js";
import type { Rights } from "./site.js";
import { LIMIT_REASONS, type JiraLimit } from "./rate-limits.js";

/** What can be changed while the sandbox runs. */
export interface JiraSettings {
  readonly indexLagMs?: number;
  readonly accessTokenLifeMs?: number;
  /** How long a bulk operation takes. */
  readonly taskMs?: number;
  /** Null takes the limit away. */
  readonly limit?: JiraLimit | null;
  /** Null gives the account all rights back. */
  readonly rights?: Partial<Rights> | null;
}

/** Settings that came over the wire, or a sentence that says what is wrong with them. */
export function readSettings(value: JsonObject): JiraSettings | string {
  const { indexLagMs, accessTokenLifeMs, taskMs, limit, rights, ...others } = value;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    return `There is no setting ${unknown}. Settings: delayMs, indexLagMs, accessTokenLifeMs, taskMs, limit, rights.`;
  if (indexLagMs !== undefined && typeof indexLagMs !== "number") return "indexLagMs takes a number of milliseconds.";
  if (accessTokenLifeMs !== undefined && typeof accessTokenLifeMs !== "number")
    return "accessTokenLifeMs takes a number of milliseconds.";
  if (taskMs !== undefined && typeof taskMs !== "number") return "taskMs takes a number of milliseconds.";
  if (limit !== undefined && limit !== null && !isLimit(limit))
    return `limit takes null or an object like {"perSecond": 100, "burst": 20, "reason": "${LIMIT_REASONS[0]}"}.`;
  if (rights !== undefined && rights !== null && !isRights(rights))
    return 'rights takes null or an object like {"browse": ["PLAT"], "create": []}.';
  return {
    ...(rights !== undefined && { rights }),
    ...(indexLagMs !== undefined && { indexLagMs }),
    ...(accessTokenLifeMs !== undefined && { accessTokenLifeMs }),
    ...(taskMs !== undefined && { taskMs }),
    ...(limit !== undefined && { limit }),
  };
}

function isRights(value: unknown): value is Partial<Rights> {
  return (
    isObject(value) &&
    Object.entries(value).every(
      ([right, keys]) =>
        /^(browse|create)$/.test(right) && Array.isArray(keys) && keys.every((key) => typeof key === "string"),
    )
  );
}

function isLimit(value: unknown): value is JiraLimit {
  return (
    isObject(value) &&
    typeof value.perSecond === "number" &&
    value.perSecond > 0 &&
    (value.burst === undefined || (typeof value.burst === "number" && value.burst >= 1)) &&
    (value.reason === undefined || LIMIT_REASONS.some((reason) => reason === value.reason))
  );
}
