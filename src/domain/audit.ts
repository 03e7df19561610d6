/** What is written down of an act: words of the schema and ids, never texts of tickets and never a secret. */
export interface AuditEntry {
  /** Who: the key's stable id, and its name as people know it. */
  readonly actorId: string;
  readonly actorName: string;
  /** The address that it came from; null for what is done for a job. */
  readonly source: string | null;
  /** What: the mutation's name, or "addAttachment". */
  readonly action: string;
  readonly connectionId: string | null;
  /** The ticket's id at its vendor; null where there is none. */
  readonly ticketId: string | null;
  /** What else it was done to: a key, a job, an idempotency key. */
  readonly subject: string | null;
  /** DELIVERED, REJECTED, PENDING, UNKNOWN or NEEDS_REVIEW of writes; DONE or REFUSED of all else. */
  readonly outcome: string;
  /** Why it was refused: codes. */
  readonly reason: string | null;
}

/** An entry as it stands in the log. */
export interface AuditRow extends AuditEntry {
  /** Its place in the log. */
  readonly id: number;
  readonly at: Date;
}

/** Which entries are wanted; what is absent doesn't matter. */
export interface AuditFilter {
  readonly actorId?: string;
  readonly action?: string;
  readonly connectionId?: string;
  readonly ticketId?: string;
  readonly subject?: string;
  readonly outcome?: string;
  readonly from?: Date;
  readonly to?: Date;
}
