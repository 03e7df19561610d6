export const SCOPES = ["tickets:read", "tickets:write", "connections:admin", "keys:admin"] as const;
/** What a key may be allowed to do. */
export type Scope = (typeof SCOPES)[number];

/** Whether a text is one of the scopes. */
export function isScope(text: string): text is Scope {
  return (SCOPES as readonly string[]).includes(text);
}

/** Who asks: known before a word of GraphQL is read. */
export interface Caller {
  readonly tenantId: string;
  /** The key's name, or the subject of the token, for people. */
  readonly name: string;
  /** The same for ever, whatever the key is called: `config:` and the name of a configured key, a created key's UUID, `jwt:` and a token's subject. */
  readonly keyId: string;
  readonly scopes: ReadonlySet<Scope>;
  /** The connections that the key is bound to, by their configured id. */
  readonly connections: ReadonlySet<string> | "all";
  /** The address that the request came from; absent for what is done for a job. */
  readonly from?: string;
  /** What the header X-Connection-Id named, else the key's own: used where an operation names no connection. */
  readonly defaultConnection?: string;
  /** What the header Idempotency-Key said: used where a write gives no key of its own. */
  readonly idempotencyKey?: string;
}
