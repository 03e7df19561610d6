import { randomBytes } from "node:crypto";
import type { Call } from "../calls.js";
import type { Faults } from "../faults.js";
import { seededRandom } from "../random.js";
import { serveSandbox } from "../serve.js";
import { openGatekeeper, type OAuthClient } from "./auth.js";
import type { Consent } from "./codes.js";
import type { JiraLimit } from "./rate-limits.js";
import { seed, USUAL_COUNT } from "./seed.js";
import type { Site } from "./site.js";
import { INTEGRATION } from "./site/people.js";
import { openState, type JiraState } from "./state.js";
import { openJira, type JiraVendor } from "./vendor.js";

/** All can be left out. Times are in milliseconds. */
export interface JiraSandboxOptions {
  /** A free one unless told. */
  readonly port?: number;
  /** How many issues there are at first; 130 unless told. */
  readonly issues?: number;
  /** No issues at all at first. */
  readonly empty?: boolean;
  /** A new one at each start unless told. */
  readonly apiToken?: string;
  /** How late every answer comes; 0 unless told. */
  readonly delayMs?: number;
  /** How long a search doesn't see what was written; 0 unless told. */
  readonly indexLagMs?: number;
  /** How long a bulk operation takes; 250 unless told. */
  readonly taskMs?: number;
  /** No limit unless told. */
  readonly limit?: JiraLimit;
  /** An hour unless told. */
  readonly accessTokenLifeMs?: number;
  /** Begins the chance by which faults strike; 1 unless told. */
  readonly randomSeed?: number;
  /** Whether long answers are packed; they are unless told. */
  readonly packs?: boolean;
  /** The clock; the machine's unless told. */
  readonly now?: () => number;
}

/** A Jira Cloud site in small, listening on 127.0.0.1. */
export interface JiraSandbox {
  readonly url: string;
  readonly cloudId: string;
  readonly email: string;
  readonly apiToken: string;
  /** The refresh token is always the one that works now. */
  readonly oauth: Readonly<OAuthClient>;
  /** The latest calls, the oldest first; those under /_sandbox/ aren't among them. */
  readonly calls: readonly Call[];
  readonly faults: Faults;
  readonly state: JiraState;
  setDelay(delayMs: number): void;
  setAccessTokenLife(lifeMs: number): void;
  /** What people say when an app asks for access, and which scopes the app has; yes and all unless told. */
  setConsent(consent: Consent): void;
  /** In which projects, by key, the account may browse and create; all of them where nothing is told. */
  setRights(rights: { readonly browse?: readonly string[]; readonly create?: readonly string[] } | undefined): void;
  /** The issues as at the start; no calls, no faults. Credentials and settings stay. */
  reset(): void;
  /** Ends every connection at once. */
  close(): Promise<void>;
}

const CLOUD_ID = "1324a887-45db-1bf4-1e99-ef0ff456d421";

/** Starts a Jira Cloud site in small; it takes nothing but node and forgets everything when it ends. */
export async function startJiraSandbox(options: JiraSandboxOptions = {}): Promise<JiraSandbox> {
  const { now = Date.now, apiToken = secret(), accessTokenLifeMs = 3_600_000, taskMs = 250, limit } = options;
  const oauth: OAuthClient = { clientId: secret(), clientSecret: secret(), refreshToken: secret() };
  const random = seededRandom(options.randomSeed ?? 1);
  const state = openState(now, options.indexLagMs ?? 0);
  const count = options.empty ? 0 : (options.issues ?? USUAL_COUNT);
  const refill = (): void => {
    state.clear();
    seed(state, count);
    state.index.showAll();
  };
  refill();
  const site: Site = { state, now, random, rights: { browse: null, create: null } };
  const { email } = INTEGRATION;
  const gatekeeper = openGatekeeper({ email, apiToken, oauth }, { cloudId: CLOUD_ID, now, lifeMs: accessTokenLifeMs });
  let vendor: JiraVendor | undefined;
  const server = await serveSandbox(
    (url) => (vendor = openJira(url, { site, gatekeeper, cloudId: CLOUD_ID, limit, taskMs, refill })),
    { port: options.port ?? 0, delayMs: options.delayMs ?? 0, now, random, packs: options.packs ?? true },
  );
  return {
    url: server.url,
    cloudId: CLOUD_ID,
    email,
    apiToken,
    oauth,
    calls: server.book.calls,
    faults: server.faults,
    state,
    setDelay: server.setDelay,
    setAccessTokenLife: (lifeMs) => vendor?.configure({ accessTokenLifeMs: lifeMs }),
    setConsent: (consent) => gatekeeper.setConsent(consent),
    setRights: (rights) => vendor?.configure({ rights: rights ?? null }),
    reset: server.reset,
    close: server.close,
  };
}

function secret(): string {
  return randomBytes(24).toString("base64url");
}
