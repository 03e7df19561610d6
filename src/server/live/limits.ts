/** What subscribers over WebSocket may take of a server. */
export interface LiveLimits {
  /** How long a client may take to send connection_init; default 10 s. */
  readonly initMs: number;
  /** How often clients are pinged; who says nothing until the next ping is cut. Default 25 s. */
  readonly pingMs: number;
  /** How often it is looked whether a client's key still opens this server; default 1 s. */
  readonly recheckMs: number;
  /** How long a client may take to answer that its socket is closed before it is cut; default 2 s. */
  readonly lingerMs: number;
  /** The longest message of a client, in bytes; default 64 kB. */
  readonly messageBytes: number;
  /** What waits for a client that doesn't read, in bytes, before its socket is closed; default 1 MB. */
  readonly unreadBytes: number;
  /** Subscriptions of one socket at a time; default 50. */
  readonly subscriptions: number;
}

/** The limits of a server that is told none. */
export const LIVE_LIMITS: LiveLimits = {
  initMs: 10_000,
  pingMs: 25_000,
  recheckMs: 1_000,
  lingerMs: 2_000,
  messageBytes: 64 * 1024,
  unreadBytes: 1024 * 1024,
  subscriptions: 50,
};
