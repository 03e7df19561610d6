import { Field, Int, ObjectType } from "type-graphql";
import type { SyncState } from "../../domain/sync.js";
import { SyncMode, SyncStatus } from "../common/enums.js";
import { DateTime } from "../common/scalars.js";

@ObjectType("SyncState", {
  description: "How the copying of a connection's tickets into the synced store is doing.",
  simpleResolvers: true,
})
export class SyncStateType {
  constructor(private readonly sync: SyncState) {}

  @Field(() => SyncStatus, { description: "What it is at." })
  get state(): SyncState["state"] {
    return this.sync.state;
  }

  @Field(() => SyncMode, { nullable: true, description: "What the run under way, or the last one, is for." })
  get mode(): SyncState["mode"] {
    return this.sync.mode;
  }

  @Field(() => Int, { description: "How many tickets the run under way, or the last one, has seen." })
  get tickets(): number {
    return this.sync.tickets;
  }

  @Field(() => DateTime, { nullable: true, description: "When that run began." })
  get startedAt(): Date | null {
    return this.sync.startedAt;
  }

  @Field(() => DateTime, { nullable: true, description: "When the last run ended or broke off." })
  get finishedAt(): Date | null {
    return this.sync.finishedAt;
  }

  @Field(() => String, {
    nullable: true,
    description: "Why the last run broke off; it goes on from there at its next turn.",
  })
  get error(): string | null {
    return this.sync.error;
  }
}
