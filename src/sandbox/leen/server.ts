import { randomBytes } from "node:crypto";
import type { Route } from "../router.js";
import type { SandboxVendor } from "../serve.js";
import { startSandbox, type Nature, type Sandbox, type SandboxOptions } from "../start.js";
import { ticketRecord } from "./render.js";
import { readRoutes } from "./read-routes.js";
import { openState, seed, type LeenState } from "./state.js";
import { invalid, notFound, refuse, UNAUTHORIZED } from "./words.js";
import { writeRoutes } from "./write-routes.js";

export interface LeenSandboxOptions extends SandboxOptions {
  /** How many tickets there are at first; 6 unless told. */
  readonly tickets?: number;
  /** How long a job takes, in milliseconds; 30 unless told. */
  readonly jobMs?: number;
}

/** Leen in small, with a Jira behind it. */
export interface LeenSandbox extends Sandbox {
  /** Where its API begins, as its customers write it. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly connectionId: string;
  readonly state: LeenState;
}

const CONNECTION_ID = "7f2c1a52-8a0e-4f0e-9a53-0d6f5f6f0001";

/** Starts Leen in small. */
export async function startLeenSandbox(options: LeenSandboxOptions = {}): Promise<LeenSandbox> {
  const apiKey = randomBytes(24).toString("base64url");
  const state = openState();
  let jobMs = options.jobMs ?? 30;
  const vendor = (_url: string, nature: Nature): SandboxVendor<Route> => {
    const refill = (): void => {
      state.clear();
      seed(state, nature.now(), options.tickets);
    };
    refill();
    return {
      routes: [...readRoutes(state), ...writeRoutes({ ...nature, state, jobMs: () => jobMs })],
      jsonType: "application/json",
      locate: (path) => ({ prefix: "", path }),
      guard: ({ headers }) =>
        headers["x-api-key"] === apiKey && headers["x-connection-id"] === CONNECTION_ID ? undefined : UNAUTHORIZED,
      noRoute: (_request, allowed) =>
        allowed.length > 0 ? refuse(405, "METHOD_NOT_ALLOWED", "Method Not Allowed") : notFound("Endpoint"),
      badBody: () => invalid([{ loc: [], msg: "JSON decode error" }]),
      unauthorized: () => UNAUTHORIZED,
      controls: {
        state: () => ({ tickets: state.tickets.map((ticket) => ({ ...ticketRecord(ticket), key: ticket.key })) }),
        configure({ jobMs: ms, sync, ...others }) {
          const [unknown] = Object.keys(others);
          if (unknown !== undefined) return `There is no setting ${unknown}. Settings: delayMs, jobMs, sync.`;
          if (ms !== undefined && typeof ms !== "number") return "jobMs takes a number of milliseconds.";
          if (sync !== undefined && sync !== true) return "sync takes true.";
          if (ms !== undefined) jobMs = ms;
          if (sync) state.sync();
          return undefined;
        },
        reset: refill,
      },
    };
  };
  const sandbox = await startSandbox(options, vendor);
  return { ...sandbox, baseUrl: `${sandbox.url}/v1`, apiKey, connectionId: CONNECTION_ID, state };
}
