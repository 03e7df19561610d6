/** What is looked at when a connection is tested, in this order. */
export const CONNECTION_CHECKS = ["ADDRESS", "TLS", "SIGN_IN", "CLOCK", "READ", "CREATE"] as const;
export type ConnectionCheckName = (typeof CONNECTION_CHECKS)[number];

/** SKIPPED: it couldn't be looked at, because of what failed before or because the vendor doesn't tell. */
export const CHECK_STATES = ["PASSED", "FAILED", "SKIPPED"] as const;
export type CheckState = (typeof CHECK_STATES)[number];

/** One thing that was looked at; the message says what was found and, where it failed, what to do. */
export interface ConnectionCheck {
  readonly name: ConnectionCheckName;
  readonly state: CheckState;
  readonly message: string;
}

/** What a test of a connection found; `ok` unless a check failed. There is one check of each name, in the order above. */
export interface ConnectionTest {
  readonly ok: boolean;
  readonly checks: readonly ConnectionCheck[];
}
