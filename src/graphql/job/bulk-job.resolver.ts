import { Arg, Args, ArgsType, Ctx, Field, ID, Mutation, Query, Resolver, Root, Subscription } from "type-graphql";
import type { BulkJob, BulkJobState as State } from "../../domain/bulk-job.js";
import { readGlobalId } from "../../domain/global-id.js";
import { RequestError } from "../../domain/request-error.js";
import { cancelJob, readJob, readJobs } from "../../operations/bulk/read-jobs.js";
import { startBulkJob } from "../../operations/bulk/start-bulk-job.js";
import { BulkJobState } from "../common/enums.js";
import { PageArgs } from "../common/page.args.js";
import { pageOf, type PageOf } from "../common/page.type.js";
import type { Ref } from "../common/ref.js";
import type { Context } from "../context.js";
import { BulkCreateTicketsInput } from "../ticket/bulk-create-tickets.input.js";
import { newTicketOf } from "../ticket/create-ticket.input.js";
import { keyGiven } from "../ticket/idempotency-key.js";
import { BulkJobPage, BulkJobType, StartBulkJobPayload } from "./bulk-job.type.js";

@ArgsType()
class BulkJobsArgs extends PageArgs {
  @Field(() => BulkJobState, { nullable: true, description: "Only those in this state." })
  state?: State | null;
}

@Resolver()
export class BulkJobResolver {
  @Query(() => BulkJobType, { nullable: true, description: "One job by its id; null where there is none." })
  async bulkJob(
    @Ctx() { kernel, caller }: Context,
    @Arg("id", () => ID, { description: "The job's id." }) id: string,
  ): Promise<BulkJobType | null> {
    const job = await readJob(kernel, caller, jobIdOf(id));
    return job && new BulkJobType(job);
  }

  @Query(() => BulkJobPage, { description: "The tenant's jobs, the latest first." })
  async bulkJobs(
    @Ctx() { kernel, caller }: Context,
    @Args(() => BulkJobsArgs) args: Ref<BulkJobsArgs>,
  ): Promise<PageOf<BulkJobType>> {
    return pageOf(await readJobs(kernel, caller, args.state, args), (job) => new BulkJobType(job));
  }

  @Mutation(() => StartBulkJobPayload, {
    description:
      "Returns at once with a job that survives restarts. 1 to 10,000 tickets (the ceiling is configurable).",
  })
  async startBulkCreateTickets(
    @Ctx() { kernel, caller }: Context,
    @Arg("input", () => BulkCreateTicketsInput, { description: "The tickets." }) input: Ref<BulkCreateTicketsInput>,
  ): Promise<StartBulkJobPayload> {
    const key = keyGiven(input.idempotencyKey, caller.idempotencyKey);
    const requests = input.tickets.map((ticket) => ({
      connectionId: ticket.connectionId,
      ticket: newTicketOf(ticket),
      idempotencyKey: keyGiven(ticket.idempotencyKey),
    }));
    const { job, errors } = await startBulkJob(kernel, caller, "CREATE", input.connectionId, requests, key);
    return new StartBulkJobPayload(job, errors);
  }

  @Mutation(() => BulkJobType, { description: "Stops a job: what hasn't been sent is not sent any more." })
  async cancelBulkJob(
    @Ctx() { kernel, caller }: Context,
    @Arg("id", () => ID, { description: "The job's id." }) id: string,
  ): Promise<BulkJobType> {
    return new BulkJobType(await cancelJob(kernel, caller, jobIdOf(id)));
  }

  @Subscription(() => BulkJobType, {
    description: "The job now, and again whenever it gets on, until it is done.",
    subscribe: ({ args, context }) => {
      const { kernel, caller, jobProgress } = context as Context;
      return jobProgress(kernel, caller, jobIdOf(String(args["id"])));
    },
  })
  bulkJobProgress(
    @Root() job: BulkJob,
    @Arg("id", () => ID, { description: "The job's id." }) _id: string,
  ): BulkJobType {
    return new BulkJobType(job);
  }
}

function jobIdOf(id: string): string {
  const read = readGlobalId(id);
  if (read && read.kind !== "BulkJob")
    throw new RequestError("BAD_USER_INPUT", `This is the id of a ${read.kind}, not of a bulk job.`);
  return read?.vendorId ?? id;
}
