import type { Answer, Request } from "./answer.js";
import type { CallBook } from "./calls.js";
import type { Faults } from "./faults.js";
import { isObject, type JsonObject } from "./json.js";
import { readFaultRule } from "./read-fault-rule.js";

/** What a vendor can tell and change when it is asked under `/_sandbox/`. */
export interface VendorControls {
  /** What the vendor holds, as JSON. */
  state(query: URLSearchParams): JsonObject;
  /** Changes the vendor's own settings; a sentence where one is wrong. */
  configure(settings: JsonObject): string | undefined;
  /** Everything that the vendor holds as at the start. */
  reset(): void;
}

/** What another process may ask of a sandbox. */
export interface Controls extends VendorControls {
  readonly faults: Faults;
  readonly book: CallBook;
  setDelay(delayMs: number): void;
}

/** Answers a call under `/_sandbox/`. */
export function control(controls: Controls, request: Request): Answer {
  const { faults, book } = controls;
  const done: Answer = { status: 204 };
  switch (`${request.method} ${request.path}`) {
    case "GET /_sandbox/state":
      return { status: 200, body: { ...book.figures(), ...controls.state(request.query) } };
    case "GET /_sandbox/faults":
      return {
        status: 200,
        body: faults.rules.map((rule) => ({ ...rule, operation: rule.operation && String(rule.operation) })),
      };
    case "DELETE /_sandbox/faults":
      faults.clear();
      return done;
    case "POST /_sandbox/faults": {
      const rules = (Array.isArray(request.body) ? request.body : [request.body]).map(readFaultRule);
      const wrong = rules.find((rule) => typeof rule === "string");
      if (wrong !== undefined) return { status: 400, body: { error: wrong } };
      for (const rule of rules) if (typeof rule !== "string") faults.add(rule);
      return done;
    }
    case "POST /_sandbox/settings": {
      if (!isObject(request.body)) return { status: 400, body: { error: "Settings are a JSON object." } };
      const { delayMs, ...own } = request.body;
      if (delayMs !== undefined && typeof delayMs !== "number")
        return { status: 400, body: { error: "delayMs takes a number of milliseconds." } };
      const wrong = controls.configure(own);
      if (wrong !== undefined) return { status: 400, body: { error: wrong } };
      if (delayMs !== undefined) controls.setDelay(delayMs);
      return done;
    }
    case "POST /_sandbox/reset":
      controls.reset();
      return done;
    default:
      return {
        status: 404,
        body: { error: "There is /_sandbox/state, /_sandbox/faults, /_sandbox/settings and /_sandbox/reset." },
      };
  }
}
