import { Arg, Ctx, Field, ID, ObjectType, Resolver, Root, Subscription } from "type-graphql";
import { globalId, readGlobalId } from "../../domain/global-id.js";
import { RequestError } from "../../domain/request-error.js";
import { readKept, thingsOf } from "../../operations/sync/read-kept.js";
import type { TicketChanged } from "../../operations/sync/ticket-changes.js";
import { ChangeKind } from "../common/enums.js";
import type { Ref } from "../common/ref.js";
import { DateTime } from "../common/scalars.js";
import type { Context } from "../context.js";
import { TicketType } from "./ticket.type.js";

@ObjectType("TicketChange", { description: "That something happened to a ticket.", simpleResolvers: true })
class TicketChangeType {
  constructor(
    private readonly change: TicketChanged,
    private readonly read: () => Promise<Ref<TicketType> | null>,
  ) {}

  @Field(() => ChangeKind, { description: "What happened." })
  get kind(): TicketChanged["kind"] {
    return this.change.kind;
  }

  @Field(() => TicketType, {
    simple: false,
    nullable: true,
    description: "The ticket as the store has it now; null where it is gone.",
  })
  get ticket(): Promise<Ref<TicketType> | null> {
    return this.read();
  }

  @Field(() => ID, { description: "Its id." })
  get ticketId(): string {
    return globalId("Ticket", this.change.connection.id, this.change.vendorId);
  }

  @Field(() => DateTime, { description: "When the gateway learnt of it." })
  get at(): Date {
    return this.change.at;
  }
}

@Resolver()
export class TicketChangeResolver {
  @Subscription(() => TicketChangeType, {
    description:
      "Changes of tickets from now on, as webhooks, the sync and the gateway's own writes tell of them. What changes faster than it is read comes once, as it is then.",
    subscribe: ({ args, context }) => {
      const { kernel, caller, ticketChanges } = context as Context;
      const { connectionId, projectId } = args as { connectionId?: string | null; projectId?: string | null };
      const project = projectId == null ? undefined : projectOf(projectId);
      return ticketChanges(kernel, caller, {
        ...(connectionId != null && { connectionId }),
        ...(project && { project }),
      });
    },
  })
  ticketChanged(
    @Root() change: TicketChanged,
    @Ctx() { kernel, caller, view }: Context,
    @Arg("connectionId", () => ID, { nullable: true, description: "Only of this connection." }) _connectionId?: string,
    @Arg("projectId", () => ID, { nullable: true, description: "Only in this project, by the id of this API." })
    _projectId?: string,
  ): TicketChangeType {
    const seen = view(change.connection);
    return new TicketChangeType(change, async () => {
      if (change.kind === "DELETED") return null;
      const kept = await readKept(kernel, caller.tenantId, [change]);
      for (const thing of await thingsOf(kernel.dbOf(caller.tenantId), caller.tenantId, kept)) seen.sawThing(thing);
      return kept[0] ? seen.sawTicket(kept[0].ticket) : null;
    });
  }
}

function projectOf(id: string) {
  const read = readGlobalId(id);
  if (read?.kind === "Project") return read;
  throw new RequestError("BAD_USER_INPUT", `"${id}" isn't the id of a project. Give one that this API gave.`);
}
