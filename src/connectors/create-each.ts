import { VendorError, type VendorErrorCode } from "../domain/errors.js";
import type { TicketRef } from "../domain/ticket.js";
import { oneEach } from "./batch.js";
import type { Outcome } from "./connector.js";
import { failed } from "./failed.js";

type Create<Draft> = (drafts: readonly Draft[]) => Promise<readonly Outcome<TicketRef>[]>;

/** Refusals that one draft can cause. The others (credentials, limits, outages) hold for every draft alike. */
export const OF_ONE_DRAFT: ReadonlySet<VendorErrorCode> = new Set([
  "INVALID",
  "NOT_FOUND",
  "FORBIDDEN",
  "CONFLICT",
  "UNSUPPORTED",
]);

/**
 * Tickets, or comments, of separate callers in one bulk call. A batch that was refused as a whole with nothing sent goes again one by
 * one, so that one caller's bad draft never fails a stranger's.
 */
export async function createEach<Draft>(
  create: Create<Draft>,
  drafts: readonly Draft[],
): Promise<readonly Outcome<TicketRef>[]> {
  try {
    return oneEach(drafts, await create(drafts));
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    if (drafts.length > 1 && error.sent === "no" && OF_ONE_DRAFT.has(error.code)) {
      const outcomes: Outcome<TicketRef>[] = [];
      for (const draft of drafts) outcomes.push(...(await createEach(create, [draft])));
      return outcomes;
    }
    return drafts.map(() => failed(error));
  }
}
