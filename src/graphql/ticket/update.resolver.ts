import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { startBulkJob } from "../../operations/bulk/start-bulk-job.js";
import { writeTickets } from "../../operations/write-tickets.js";
import { UPDATING } from "../../operations/writing.js";
import type { Ref } from "../common/ref.js";
import type { Context } from "../context.js";
import { StartBulkJobPayload } from "../job/bulk-job.type.js";
import { bulkRequests, placed } from "./bulk-requests.js";
import { BulkUpdateTicketsPayload } from "./bulk-create-tickets.payload.js";
import { UpdateTicketPayload } from "./create-ticket.payload.js";
import { keyGiven } from "./idempotency-key.js";
import { BulkUpdateTicketsInput, newChangeOf, UpdateTicketInput } from "./update-ticket.input.js";

@Resolver()
export class UpdateResolver {
  @Mutation(() => UpdateTicketPayload, { description: "Changes one ticket." })
  async updateTicket(
    @Ctx() { kernel, caller, view }: Context,
    @Arg("input", () => UpdateTicketInput, { description: "The change." }) input: Ref<UpdateTicketInput>,
  ): Promise<UpdateTicketPayload> {
    const idempotencyKey = keyGiven(input.idempotencyKey, caller.idempotencyKey);
    const request = { connectionId: input.connectionId, ticket: newChangeOf(input), idempotencyKey };
    const [result] = await writeTickets(kernel, caller, UPDATING, null, [request]);
    if (!result) throw new Error("A change got no result.");
    return new UpdateTicketPayload(view(result.connection), result);
  }

  @Mutation(() => BulkUpdateTicketsPayload, {
    description:
      "Changes 1 to 50 tickets (the ceiling is configurable), each to its own values, and answers when every one has an outcome.",
  })
  async bulkUpdateTickets(
    @Ctx() { kernel, caller, view }: Context,
    @Arg("input", () => BulkUpdateTicketsInput, { description: "The changes." }) input: Ref<BulkUpdateTicketsInput>,
  ): Promise<BulkUpdateTicketsPayload> {
    const shared = keyGiven(input.idempotencyKey, caller.idempotencyKey);
    const requests = bulkRequests(input.tickets, kernel.limits.bulkSyncMax, shared, newChangeOf);
    const results = await writeTickets(kernel, caller, UPDATING, input.connectionId, requests);
    return new BulkUpdateTicketsPayload(placed(results), ({ connection }) => view(connection));
  }

  @Mutation(() => StartBulkJobPayload, {
    description:
      "Returns at once with a job that survives restarts. 1 to 10,000 changes (the ceiling is configurable).",
  })
  async startBulkUpdateTickets(
    @Ctx() { kernel, caller }: Context,
    @Arg("input", () => BulkUpdateTicketsInput, { description: "The changes." }) input: Ref<BulkUpdateTicketsInput>,
  ): Promise<StartBulkJobPayload> {
    const key = keyGiven(input.idempotencyKey, caller.idempotencyKey);
    const requests = input.tickets.map((ticket) => ({
      connectionId: ticket.connectionId,
      ticket: newChangeOf(ticket),
      idempotencyKey: keyGiven(ticket.idempotencyKey),
    }));
    const { job, errors } = await startBulkJob(kernel, caller, "UPDATE", input.connectionId, requests, key);
    return new StartBulkJobPayload(job, errors);
  }
}
