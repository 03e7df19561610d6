import type { CallCost } from "./gate.js";
import type { OperationEnd } from "../outcome.js";
import type { Allowance } from "../../operations/rate-limit.js";

/** What an answer tells of itself, under `extensions.cost`. */
interface Cost {
  /** Calls to vendors as they were estimated before the operation ran, and how many one operation may need. */
  readonly vendorCalls?: CallCost;
  /** What is left of the key's requests until the moment `resetsAt`. */
  readonly requests?: { readonly limit: number; readonly left: number; readonly resetsAt: string };
}

/** What is known of the request beside what its resolvers see, in its context. */
export interface Noted {
  readonly cost?: Cost;
  readonly mayIntrospect: boolean;
  /** Is told how the operation ended. */
  readonly ended?: (end: OperationEnd) => void;
}

// Apollo Server copies a context, own symbols included, so its identity says nothing.
const NOTED = Symbol("noted");

/** Puts it beside what resolvers see, for the answer; gives the context. */
export function note<C extends object>(context: C, noted: Noted): C {
  return Object.assign(context, { [NOTED]: noted });
}

/** What was noted of a request; undefined where nothing was. */
export function notedOf(context: object): Noted | undefined {
  return (context as { readonly [NOTED]?: Noted })[NOTED];
}

/** What an answer tells; undefined where there is nothing to tell. */
export function costOf(vendorCalls: CallCost | undefined, allowance: Allowance | undefined): Cost | undefined {
  if (!vendorCalls && !allowance) return undefined;
  const { limit, left, resetsAt } = allowance ?? { limit: 0, left: 0, resetsAt: 0 };
  return {
    ...(vendorCalls && { vendorCalls }),
    ...(allowance && { requests: { limit, left, resetsAt: new Date(resetsAt).toISOString() } }),
  };
}
