import { isObject } from "../json.js";
import type { Mistakes } from "./words.js";

const KEY_MAX = 255;
const VALUE_MAX = 32_768;

/** Why a property can't be kept; undefined where it can. https://developer.atlassian.com/cloud/jira/platform/jira-entity-properties/ */
export function propertyMistake(key: string, value: unknown): string | undefined {
  if (key.length === 0 || key.length > KEY_MAX)
    return `The property key must have between 1 and ${KEY_MAX} characters.`;
  if (value === undefined) return "The property value must be valid, non-empty JSON.";
  if (JSON.stringify(value).length > VALUE_MAX) return `The property value can't exceed ${VALUE_MAX} characters.`;
  return undefined;
}

/** The properties that came with an issue, by key; what is wrong with them is noted. */
export function readProperties(value: unknown, mistakes: Mistakes): Readonly<Record<string, unknown>> {
  if (value === undefined) return {};
  const properties: Record<string, unknown> = {};
  for (const property of Array.isArray(value) ? (value as unknown[]) : [undefined]) {
    const key = isObject(property) && typeof property.key === "string" ? property.key : "";
    const kept = isObject(property) ? property.value : undefined;
    const mistake = propertyMistake(key, kept);
    if (mistake === undefined) properties[key] = kept;
    else mistakes[""] = mistake;
  }
  return properties;
}
