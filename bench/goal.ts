import { shown, table } from "./table.js";

/** One thing that is wanted of the gateway, and what came out. */
export interface Goal {
  readonly what: string;
  /** A number; or why there is none. */
  readonly measured: number | string;
  readonly unit?: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** What it was measured against, with its version, or on. */
  readonly against: string;
}

/** Whether it came out as wanted; undefined where nothing could be measured. */
export function isReached({ measured, atLeast = -Infinity, atMost = Infinity }: Goal): boolean | undefined {
  return typeof measured === "string" ? undefined : measured >= atLeast && measured <= atMost;
}

/** A part of the benchmarks: prints what it finds and gives the goals that it measured. Throws only where a candidate can't start or answers wrongly. */
export type Part = () => Promise<readonly Goal[]>;

/** Goals that only PostgreSQL can tell, where there is none. */
export function nothingWithoutPostgres(goals: readonly Omit<Goal, "measured" | "against">[]): readonly Goal[] {
  console.log("This is measured on PostgreSQL: set TEST_DATABASE_URL.");
  return goals.map((goal) => ({ ...goal, measured: "not measured: set TEST_DATABASE_URL", against: "PostgreSQL" }));
}

/** The goals as one table. */
export function goalsTable(goals: readonly Goal[]): string {
  const rows = goals.map((goal) => {
    const { what, measured, unit = "", atLeast, atMost, against } = goal;
    const wanted = atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`;
    const reached = isReached(goal);
    const result = typeof measured === "string" ? measured : `${shown(measured)} ${unit}`.trim();
    return [what, result, `${wanted} ${unit}`.trim(), reached === undefined ? "–" : reached ? "yes" : "no", against];
  });
  return table(["goal", "measured", "wanted", "reached", "against"], rows);
}
