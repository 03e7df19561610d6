import { randomBytes } from "node:crypto";
import type { Route } from "../router.js";
import type { SandboxVendor } from "../serve.js";
import { startSandbox, type Nature, type Sandbox, type SandboxOptions } from "../start.js";
import { EXPIRED, openGatekeeper, REALM, type Credentials, type Gatekeeper } from "./gatekeeper.js";
import { routes } from "./routes.js";
import { openState, seed, TENANT_ID, ticketRecord, type RezolveState } from "./state.js";
import { NOT_FOUND, refused } from "./words.js";

export interface RezolveSandboxOptions extends SandboxOptions {
  /** How many tickets there are at first; 5 unless told. */
  readonly tickets?: number;
  /** How long an access token lives, in milliseconds; five minutes unless told. */
  readonly accessTokenLifeMs?: number;
  /** In which of its two forms tickets are read; "today" unless told. */
  readonly dialect?: "today" | "older";
}

/** Rezolve.ai in small, with one tenant. */
export interface RezolveSandbox extends Sandbox, Credentials {
  readonly tenantId: string;
  readonly realm: string;
  readonly tokenUrl: string;
  readonly state: RezolveState;
  /** How often access tokens were given out. */
  readonly tokensGiven: () => number;
}

/** Starts Rezolve.ai in small. */
export async function startRezolveSandbox(options: RezolveSandboxOptions = {}): Promise<RezolveSandbox> {
  const secret = (): string => randomBytes(24).toString("base64url");
  const own: Credentials = {
    clientId: "ticketgraph",
    clientSecret: secret(),
    apiKey: `ak_live_${secret()}`,
    token: secret(),
    bareToken: secret(),
  };
  const state = openState();
  let { dialect = "today", accessTokenLifeMs: lifeMs = 300_000 } = options;
  let gatekeeper: Gatekeeper | undefined;
  const vendor = (_url: string, nature: Nature): SandboxVendor<Route> => {
    const { now } = nature;
    const keeper = (gatekeeper = openGatekeeper(own, now, () => lifeMs));
    const refill = (): void => {
      state.clear();
      seed(state, now(), options.tickets);
    };
    refill();
    return {
      routes: routes({ ...nature, state, gatekeeper: keeper, dialect: () => dialect }),
      jsonType: "application/json; charset=utf-8",
      locate: (path) => ({ prefix: "", path }),
      guard(request, route) {
        if (route.name === "token") return undefined;
        const stopped = keeper.check(request);
        if (stopped) return stopped;
        const { query } = request;
        const isComplete =
          /^(template|agent|user)$/.test(query.get("type") ?? "") && query.get("module") === "ticketing";
        return isComplete ? undefined : refused(400, "VALIDATION_ERROR", "type and module are required", now());
      },
      noRoute: () => NOT_FOUND,
      badBody: () => refused(400, "VALIDATION_ERROR", "The body is not JSON", now()),
      unauthorized(request) {
        keeper.forget(request);
        return EXPIRED;
      },
      controls: {
        state: () => ({ tickets: state.tickets.map(ticketRecord), tokensGiven: keeper.tokensGiven }),
        configure({ dialect: form, accessTokenLifeMs, ...others }) {
          const [unknown] = Object.keys(others);
          if (unknown !== undefined)
            return `There is no setting ${unknown}. Settings: delayMs, dialect, accessTokenLifeMs.`;
          if (form !== undefined && form !== "today" && form !== "older") return 'dialect takes "today" or "older".';
          if (accessTokenLifeMs !== undefined && typeof accessTokenLifeMs !== "number")
            return "accessTokenLifeMs takes a number of milliseconds.";
          dialect = form ?? dialect;
          lifeMs = accessTokenLifeMs ?? lifeMs;
          return undefined;
        },
        reset: refill,
      },
    };
  };
  const sandbox = await startSandbox(options, vendor);
  return {
    ...sandbox,
    ...own,
    tenantId: TENANT_ID,
    realm: REALM,
    tokenUrl: `${sandbox.url}/token`,
    state,
    tokensGiven: () => gatekeeper?.tokensGiven ?? 0,
  };
}
