import type { TicketNews } from "../../domain/ticket-news.js";
import type { Owner } from "../../domain/owner.js";
import { tell } from "../../store/news.js";
import type { Db } from "../../store/store.js";

/** Where subscribers of every replica listen. */
export const NEWS_CHANNEL = "ticket_news";

/** What one notice holds. */
export interface Notice extends Owner {
  readonly at: string;
  readonly news: readonly TicketNews[];
}

/** A notice may have 8,000 bytes: https://www.postgresql.org/docs/current/sql-notify.html */
const BYTES_MAX = 7_500;

/** Tells subscribers what the store has learnt; within a transaction, when that is committed. */
export async function tellNews(db: Db, owner: Owner, news: readonly TicketNews[]): Promise<void> {
  const notices = noticesOf(owner, news).map((notice) => JSON.stringify(notice));
  if (notices.length > 0) await tell(db, NEWS_CHANNEL, notices);
}

/** The news in as few notices as their lengths allow. */
export function noticesOf(owner: Owner, news: readonly TicketNews[]): readonly Notice[] {
  const at = new Date().toISOString();
  const notices: { news: TicketNews[] }[] = [];
  let left = 0;
  for (const one of news) {
    const length = Buffer.byteLength(JSON.stringify(one)) + 1;
    if (length > left) {
      notices.push({ news: [] });
      left = BYTES_MAX - Buffer.byteLength(JSON.stringify({ ...owner, at, news: [] }));
    }
    notices.at(-1)?.news.push(one);
    left -= length;
  }
  return notices.map(({ news: some }) => ({ ...owner, at, news: some }));
}
