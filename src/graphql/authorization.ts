import { defaultFieldResolver, type GraphQLField, type GraphQLSchema, isObjectType } from "graphql";
import type { Scope } from "../domain/caller.js";
import { need } from "../operations/access.js";
import type { Context } from "./context.js";

type Rules = Readonly<Record<string, Scope | "any key">>;

/**
 * What a key needs for a field: the one place that says so. Every field of the roots is here; beside them those that lead further
 * than their parents do, so that no key comes by a detour where it may not go straight.
 */
export const RULES: Rules = {
  "Query.viewer": "any key",
  "Query.node": "tickets:read",
  "Query.nodes": "tickets:read",
  "Query.connections": "tickets:read",
  "Query.connection": "tickets:read",
  "Query.projects": "tickets:read",
  "Query.issueTypes": "tickets:read",
  "Query.assignableUsers": "tickets:read",
  "Query.ticket": "tickets:read",
  "Query.tickets": "tickets:read",
  "Query.searchTickets": "tickets:read",
  "Query.validateTicket": "tickets:read",
  "Query.bulkJob": "tickets:read",
  "Query.bulkJobs": "tickets:read",
  "Query.delivery": "tickets:read",
  "Query.deliveries": "tickets:read",
  "Query.apiKeys": "keys:admin",
  "Query.auditLog": "keys:admin",

  "Mutation.createTicket": "tickets:write",
  "Mutation.updateTicket": "tickets:write",
  "Mutation.bulkCreateTickets": "tickets:write",
  "Mutation.bulkUpdateTickets": "tickets:write",
  "Mutation.startBulkCreateTickets": "tickets:write",
  "Mutation.startBulkUpdateTickets": "tickets:write",
  "Mutation.cancelBulkJob": "tickets:write",
  "Mutation.addComment": "tickets:write",
  "Mutation.resolveDelivery": "tickets:write",
  "Mutation.syncConnection": "connections:admin",
  "Mutation.createConnection": "connections:admin",
  "Mutation.updateConnection": "connections:admin",
  "Mutation.deleteConnection": "connections:admin",
  "Mutation.testConnection": "connections:admin",
  "Mutation.authorizeConnection": "connections:admin",
  "Mutation.createApiKey": "keys:admin",
  "Mutation.revokeApiKey": "keys:admin",

  "Subscription.bulkJobProgress": "tickets:read",
  "Subscription.ticketChanged": "tickets:read",

  "VendorConnection.project": "tickets:read",
  "VendorConnection.projects": "tickets:read",
  "VendorConnection.ticket": "tickets:read",
  "Project.issueTypes": "tickets:read",
  "Project.assignableUsers": "tickets:read",
  "IssueType.fields": "tickets:read",
  "Ticket.parent": "tickets:read",
  "Ticket.children": "tickets:read",
  "Ticket.comments": "tickets:read",
  "Ticket.attachments": "tickets:read",
};

/** The same of what a subgraph has beside the schema itself. */
export const FEDERATION_RULES: Rules = {
  "Query._entities": "tickets:read",
  // It tells the schema: who may see that has been asked before (INTROSPECTION).
  "Query._service": "any key",
};

/**
 * Puts the rules into a schema: their fields refuse who lacks the scope before anything else is done, and say in their descriptions
 * what they need. Fields without a rule are left as they are. Throws where a field of a root has none, or a rule has no field.
 */
export function authorize(schema: GraphQLSchema, rules: Rules = RULES): void {
  const left = new Set(Object.keys(rules));
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const open: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const place = `${type.name}.${field.name}`;
      const rule = left.delete(place) ? rules[place] : undefined;
      if (rule === undefined && roots.includes(type)) open.push(place);
      if (rule !== undefined && rule !== "any key") guard(field, rule, type === schema.getMutationType());
    }
  }
  if (open.length > 0) throw new Error(`Nothing says who may ask for ${open.join(", ")}. Give each a rule.`);
  if (left.size > 0) throw new Error(`There are rules for fields that don't exist: ${[...left].join(", ")}.`);
}

type Field = GraphQLField<unknown, Context>;

function guard(field: Field, scope: Scope, isMutation: boolean): void {
  const { resolve = defaultFieldResolver, subscribe, description } = field;
  field.description = `${description ?? ""} Needs the scope \`${scope}\`.`.trim();
  field.resolve = (source, args, context, info): unknown => {
    const { caller } = context;
    if (isMutation && !caller.scopes.has(scope)) return refuse(context, field.name, scope);
    need(caller, scope);
    return resolve(source, args, context, info);
  };
  if (!subscribe) return;
  field.subscribe = (source, args, context, info): unknown => {
    need(context.caller, scope);
    return subscribe(source, args, context, info);
  };
}

/** Who tries to change what they may not stands in the log, too. */
async function refuse({ kernel, caller }: Context, action: string, scope: Scope): Promise<never> {
  await kernel.audit(caller, [{ action, outcome: "REFUSED", reason: "FORBIDDEN" }]);
  return need(caller, scope) as never;
}
