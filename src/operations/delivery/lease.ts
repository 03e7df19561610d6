import { renew } from "../../store/ledger.js";
import type { LedgerRow } from "../../store/ledger-row.js";
import type { Db } from "../../store/store.js";

/** Rows that this process holds. */
interface Lease {
  /** Until when, by `performance.now()`, a byte may go out for them; it moves on while the lease is renewed. */
  readonly notAfter: number;
  /** Lets them be: whoever looks next finds them when the lease ends, or settled. */
  end(): void;
}

/** Of a lease this much is kept back for clocks and queues. */
const MARGIN = 0.25;

/**
 * Holds rows until it is ended, counting from before they were asked for: the database's clock began later, so by ours the
 * lease ends first. A process that stood still can't have renewed it, and sends nothing more.
 */
export function holdLease(db: Db, rows: readonly LedgerRow[], leaseMs: number, askedAt: number): Lease {
  let notAfter = askedAt + leaseMs * (1 - MARGIN);
  const again = async (): Promise<void> => {
    const asked = performance.now();
    if (asked > notAfter) return;
    try {
      const held = await renew(db, rows, leaseMs);
      if (held.length === rows.length) notAfter = asked + leaseMs * (1 - MARGIN);
    } catch {
      // Without the store the lease runs out by itself.
    }
  };
  const timer = setInterval(() => void again(), leaseMs / 4);
  return {
    get notAfter() {
      return notAfter;
    },
    end: () => clearInterval(timer),
  };
}
