import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import type { AuditFilter } from "../../domain/audit.js";
import { readGlobalId } from "../../domain/global-id.js";
import { readAudit } from "../../operations/read-audit.js";
import { PageArgs } from "../common/page.args.js";
import { pageOf, type PageOf } from "../common/page.type.js";
import type { Ref } from "../common/ref.js";
import type { Context } from "../context.js";
import { AuditEntryPage, AuditEntryType } from "./audit-entry.type.js";
import { AuditFilterInput } from "./audit-filter.input.js";

@Resolver()
export class AuditResolver {
  @Query(() => AuditEntryPage, {
    description: "Who did what in this tenant, when, from where and with which outcome; the latest first.",
  })
  async auditLog(
    @Ctx() { kernel, caller }: Context,
    @Args(() => PageArgs) page: Ref<PageArgs>,
    @Arg("filter", () => AuditFilterInput, { nullable: true, description: "Which entries; all when absent." })
    filter?: Ref<AuditFilterInput> | null,
  ): Promise<PageOf<AuditEntryType>> {
    const listing = await readAudit(kernel, caller, filterOf(filter ?? {}), page);
    return pageOf(listing, (row) => new AuditEntryType(row));
  }
}

function filterOf({ ticketId, connectionId, ...others }: AuditFilterInput): AuditFilter {
  const read = ticketId == null ? undefined : readGlobalId(ticketId);
  const ticket = read?.kind === "Ticket" ? read : undefined;
  const named = connectionId == null ? undefined : readGlobalId(connectionId);
  const connection = named?.kind === "VendorConnection" ? named.connectionId : connectionId;
  const isElsewhere = connection != null && ticket && ticket.connectionId !== connection;
  const given = {
    ...others,
    connectionId: connection ?? ticket?.connectionId,
    // An id that names no ticket, or none on this connection, is nobody's.
    ...(ticketId != null && { ticketId: isElsewhere ? "" : (ticket?.vendorId ?? "") }),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value != null));
}
