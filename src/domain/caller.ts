export const SCOPES = ["tickets:read", "tickets:write", "connections:admin", "keys:admin"] as const;
/** What a key may be allowed to do. */
export type Scope = (typeof SCOPES)[number];

/** Who asks: known before a word of GraphQL is read. */
export interface Caller {
  readonly tenantId: string;
  /** The key's name, for people. */
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
  /** The connections that the key is bound to, by their configured id. */
  readonly connections: ReadonlySet<string> | "all";
  /** What the header X-Connection-Id named, else the key's own: used where an operation names no connection. */
  readonly defaultConnection?: string;
  /** What the header Idempotency-Key said: used where a write gives no key of its own. */
  readonly idempotencyKey?: string;
}
