import { JqlError } from "./jql-error.js";
import type { Operand } from "./parse.js";

const MINUTE = 60_000;
const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: 60 * MINUTE, d: 1_440 * MINUTE, w: 10_080 * MINUTE };

/**
 * The time that a query's value means, in milliseconds since 1970: a day, a minute, a period from now or a function.
 * The site's people all live in UTC.
 */
export function readJqlTime(operand: Operand, field: string, now: number): number {
  if (operand.kind === "function") return functionTime(operand.name, now);
  const text = operand.kind === "text" ? operand.text.trim() : "";
  const absolute = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?: (\d{1,2}):(\d{2}))?$/.exec(text);
  if (absolute) {
    const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = absolute.slice(1).map((part) => Number(part ?? 0));
    const at = Date.UTC(year, month - 1, day, hour, minute);
    if (new Date(at).getUTCDate() === day && new Date(at).getUTCMonth() === month - 1) return at;
  }
  if (/^[+-]?(\d+[mhdw]\s*)+$/.test(text)) {
    const length = [...text.matchAll(/(\d+)([mhdw])/g)].reduce(
      (sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ""] ?? 0),
      0,
    );
    return text.startsWith("-") ? now - length : now + length;
  }
  if (/^-?\d+$/.test(text)) return Number(text);
  throw new JqlError(
    `Date value '${text}' for field '${field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
  );
}

function functionTime(name: string, now: number): number {
  const day = new Date(now);
  const midnight = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate());
  const dayLength = 1_440 * MINUTE;
  switch (name.toLowerCase()) {
    case "now":
      return now;
    case "startofday":
      return midnight;
    case "endofday":
      return midnight + dayLength - 1;
    case "startofweek":
      return midnight - day.getUTCDay() * dayLength;
    case "startofmonth":
      return Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1);
    default:
      throw new JqlError(`Unable to find JQL function '${name}()'.`);
  }
}
