import { randomBytes } from "node:crypto";
import { openLimiter, type Limit } from "../limiter.js";
import type { Route } from "../router.js";
import type { SandboxVendor } from "../serve.js";
import { startSandbox, type Nature, type Sandbox, type SandboxOptions } from "../start.js";
import { ticketRecord } from "./render.js";
import { routes } from "./routes.js";
import { openState, seed, type StackOneState } from "./state.js";
import { refuse } from "./words.js";

export interface StackOneSandboxOptions extends SandboxOptions {
  /** How many tickets there are at first; 5 unless told. */
  readonly tickets?: number;
  /** For the API key as a whole; no limit unless told. */
  readonly limit?: Limit;
}

/** StackOne in small, with one linked account. */
export interface StackOneSandbox extends Sandbox {
  readonly apiKey: string;
  readonly accountId: string;
  readonly state: StackOneState;
  /** As if the linked account were switched off, which answers 412. */
  setDisabled(isDisabled: boolean): void;
}

const ACCOUNT_ID = "45355976281015164504";

/** Starts StackOne in small. */
export async function startStackOneSandbox(options: StackOneSandboxOptions = {}): Promise<StackOneSandbox> {
  const apiKey = `v1.eu1.${randomBytes(18).toString("base64url")}`;
  const basic = `Basic ${Buffer.from(`${apiKey}:`).toString("base64")}`;
  const state = openState();
  let isDisabled = false;
  const vendor = (_url: string, nature: Nature): SandboxVendor<Route> => {
    const { now } = nature;
    const limiter = openLimiter(now, options.limit);
    const refill = (): void => {
      state.clear();
      seed(state, now(), options.tickets);
    };
    refill();
    const unauthorized = () => refuse(401, "Unauthorized", now());
    return {
      routes: routes({ ...nature, state }),
      jsonType: "application/json; charset=utf-8",
      locate: (path) => ({ prefix: "", path }),
      guard({ headers }) {
        if (headers["user-agent"] === undefined) return refuse(403, "Forbidden", now());
        if (headers.authorization !== basic) return unauthorized();
        if (headers["x-account-id"] !== ACCOUNT_ID) return refuse(404, "Account not found", now());
        if (isDisabled) return refuse(412, "Account is disabled", now());
        const standing = limiter.take("key");
        if (!standing || standing.allowed) return undefined;
        const seconds = Math.ceil(standing.waitMs / 1_000);
        return { ...refuse(429, "Too many requests", now()), headers: { "retry-after": String(seconds) } };
      },
      noRoute: ({ method, path }) => refuse(404, `Cannot ${method} ${path}`, now()),
      badBody: () => refuse(400, "Unexpected token in JSON", now()),
      unauthorized,
      controls: {
        state: () => ({ tickets: state.tickets.map(ticketRecord) }),
        configure({ disabled, limit, ...others }) {
          const [unknown] = Object.keys(others);
          if (unknown !== undefined) return `There is no setting ${unknown}. Settings: delayMs, disabled, limit.`;
          if (disabled !== undefined && typeof disabled !== "boolean") return "disabled takes true or false.";
          if (limit !== undefined && limit !== null && typeof (limit as Limit).perSecond !== "number")
            return 'limit takes null or an object like {"perSecond": 16}.';
          if (disabled !== undefined) isDisabled = disabled;
          if (limit !== undefined) limiter.set((limit as Limit | null) ?? undefined);
          return undefined;
        },
        reset: refill,
      },
    };
  };
  const sandbox = await startSandbox(options, vendor);
  return { ...sandbox, apiKey, accountId: ACCOUNT_ID, state, setDisabled: (value) => void (isDisabled = value) };
}
