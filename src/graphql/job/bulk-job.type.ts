import { Arg, Ctx, Field, Int, ObjectType, Root } from "type-graphql";
import type { BulkJob } from "../../domain/bulk-job.js";
import { globalId } from "../../domain/global-id.js";
import { readResults } from "../../operations/bulk/read-jobs.js";
import { BulkJobKind, BulkJobState } from "../common/enums.js";
import { NodeType } from "../common/node.type.js";
import { pageOf, pageType, type PageOf } from "../common/page.type.js";
import type { Ref } from "../common/ref.js";
import { DateTime } from "../common/scalars.js";
import type { Context } from "../context.js";
import { TicketErrorType } from "../ticket/ticket-error.type.js";
import { BulkTicketResult } from "../ticket/bulk-create-tickets.payload.js";

const BulkTicketResultPage = pageType("BulkTicketResult", () => BulkTicketResult as never, "results");

/** The place in a job's opaque id where other things have their connection. */
export const NO_CONNECTION = "-";

@ObjectType("BulkJob", {
  description: "Many tickets that are written in the background, whatever happens to the gateway meanwhile.",
  implements: NodeType,
  simpleResolvers: true,
})
export class BulkJobType extends NodeType {
  constructor(readonly job: BulkJob) {
    super();
  }

  get id(): string {
    return globalId("BulkJob", NO_CONNECTION, this.job.id);
  }

  @Field(() => BulkJobKind, { description: "What it does." })
  get kind(): BulkJob["kind"] {
    return this.job.kind;
  }

  @Field(() => BulkJobState, { description: "How it goes." })
  get state(): BulkJob["state"] {
    return this.job.state;
  }

  @Field(() => Int, { description: "How many tickets it has." })
  get total(): number {
    return this.job.total;
  }

  @Field(() => Int, { description: "How many the vendor made." })
  get succeeded(): number {
    return this.job.succeeded;
  }

  @Field(() => Int, { description: "How many were surely not made." })
  get failed(): number {
    return this.job.failed;
  }

  @Field(() => Int, { description: "How many wait, or need a person to look: see `deliveries(state: NEEDS_REVIEW)`." })
  get pending(): number {
    return this.job.total - this.job.succeeded - this.job.failed;
  }

  @Field(() => BulkTicketResultPage, { simple: false, description: "What became of each ticket, in request order." })
  async results(
    @Root() { job }: BulkJobType,
    @Ctx() { kernel, caller, view }: Context,
    @Arg("first", () => Int, { defaultValue: 100, description: "How many; at most 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "The endCursor of the page before." })
    after: string | null,
    @Arg("failedOnly", () => Boolean, {
      defaultValue: false,
      description: "Only those that were not made, or need a person.",
    })
    failedOnly: boolean,
  ): Promise<PageOf<BulkTicketResult>> {
    const listing = await readResults(kernel, caller, job, failedOnly, { first, after });
    return pageOf(
      listing,
      ({ index, connection, delivery }) => new BulkTicketResult(view(connection), { connection, delivery }, index),
    );
  }

  @Field(() => DateTime, { description: "When it was asked for." })
  get createdAt(): Date {
    return this.job.createdAt;
  }

  @Field(() => DateTime, { nullable: true, description: "When its first tickets were taken up." })
  get startedAt(): Date | null {
    return this.job.startedAt;
  }

  @Field(() => DateTime, { nullable: true, description: "When its last ticket was settled, or it was cancelled." })
  get finishedAt(): Date | null {
    return this.job.finishedAt;
  }

  @Field(() => DateTime, {
    nullable: true,
    description:
      "When it will be done at the pace so far, which the vendor's limits are a part of; null before there is one.",
  })
  get estimatedFinishAt(): Date | null {
    const { startedAt, finishedAt, succeeded, failed, total } = this.job;
    const settled = succeeded + failed;
    if (finishedAt) return finishedAt;
    if (!startedAt || settled === 0) return null;
    const now = Date.now();
    const perMs = settled / Math.max(1, now - startedAt.getTime());
    return new Date(now + (total - settled) / perMs);
  }
}

export const BulkJobPage = pageType("BulkJob", () => BulkJobType as never, "jobs");

@ObjectType("StartBulkJobPayload", { description: "The job, or what stood against it.", simpleResolvers: true })
export class StartBulkJobPayload {
  @Field(() => BulkJobType, { nullable: true, description: "The job, which goes on by itself." })
  readonly job: Ref<BulkJobType> | null;

  @Field(() => [TicketErrorType], { description: "Why there is none." })
  readonly errors: readonly TicketErrorType[];

  constructor(job: BulkJob | null, errors: readonly TicketErrorType[]) {
    this.job = job && new BulkJobType(job);
    this.errors = errors;
  }
}
