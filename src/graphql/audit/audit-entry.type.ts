import { Field, ID, ObjectType } from "type-graphql";
import type { AuditRow } from "../../domain/audit.js";
import { globalId } from "../../domain/global-id.js";
import { pageType } from "../common/page.type.js";
import { DateTime } from "../common/scalars.js";

@ObjectType("AuditEntry", {
  description: "Somebody did something. Entries are added and never changed, not even by the gateway itself.",
  simpleResolvers: true,
})
export class AuditEntryType {
  constructor(private readonly row: AuditRow) {}

  @Field(() => DateTime, { description: "When." })
  get at(): Date {
    return this.row.at;
  }

  @Field({ description: "Who: the key's stable id (a created key's UUID, config: and a name, or jwt: and a subject)." })
  get actorId(): string {
    return this.row.actorId;
  }

  @Field({ description: "Who, as people call the key." })
  get actorName(): string {
    return this.row.actorName;
  }

  @Field(() => String, {
    nullable: true,
    description: "The address that it came from; null for what is done for a job.",
  })
  get source(): string | null {
    return this.row.source;
  }

  @Field({
    description:
      "What: the mutation's name (for each ticket of a bulk that of a single one), addAttachment, or signIn at a vendor.",
  })
  get action(): string {
    return this.row.action;
  }

  @Field(() => String, { nullable: true, description: "On which connection, by its own id; it may be gone by now." })
  get connectionId(): string | null {
    return this.row.connectionId;
  }

  @Field(() => ID, { nullable: true, description: "To which ticket; null where there is none." })
  get ticketId(): string | null {
    const { connectionId, ticketId } = this.row;
    return connectionId !== null && ticketId !== null ? globalId("Ticket", connectionId, ticketId) : null;
  }

  @Field(() => String, { nullable: true, description: "What else it was done to: a key, a job, an idempotency key." })
  get subject(): string | null {
    return this.row.subject;
  }

  @Field({
    description:
      "DELIVERED, REJECTED, PENDING, UNKNOWN or NEEDS_REVIEW of a write, as its delivery said then; DONE or REFUSED of all else.",
  })
  get outcome(): string {
    return this.row.outcome;
  }

  @Field(() => String, { nullable: true, description: "Why it was refused, in codes." })
  get reason(): string | null {
    return this.row.reason;
  }
}

export const AuditEntryPage = pageType("AuditEntry", () => AuditEntryType, "entries");
