import "reflect-metadata";
import { GraphQLInputObjectType, type GraphQLSchema, printSchema } from "graphql";
import { buildSchemaSync } from "type-graphql";
import { ApiKeyResolver } from "./api-key/api-key.resolver.js";
import { authorize, FEDERATION_RULES, RULES } from "./authorization.js";
import { NodeResolver } from "./common/node.resolver.js";
import { ONE_OF } from "./common/one-of.js";
import { DateTime, Json, Url } from "./common/scalars.js";
import { asSubgraph } from "./federation/subgraph.js";
import { CommentResolver } from "./comment/comment.resolver.js";
import { BulkJobResolver } from "./job/bulk-job.resolver.js";
import { DeliveryResolver } from "./delivery/delivery.resolver.js";
import { AuditResolver } from "./audit/audit.resolver.js";
import { ManageConnectionsResolver } from "./connection/manage.resolver.js";
import { ConnectionResolver } from "./connection/connection.resolver.js";
import { BrowseResolver } from "./project/browse.resolver.js";
import { SyncedResolver } from "./ticket/synced.resolver.js";
import { TicketChangeResolver } from "./ticket/ticket-change.resolver.js";
import { TicketResolver } from "./ticket/ticket.resolver.js";
import { UpdateResolver } from "./ticket/update.resolver.js";
import { readGetters } from "./plain-getters.js";
import { ViewerResolver } from "./viewer/viewer.resolver.js";

/** type-graphql wants a hub for events; here every subscription brings its own source of them. */
const OWN_SOURCES = {
  publish: () => {},
  subscribe: (): never => {
    throw new Error("A subscription without a source of its own.");
  },
};

/** The schema that the gateway serves; with `federation` it is a subgraph as well. */
export function createSchema({ federation = false } = {}): GraphQLSchema {
  const own = buildSchemaSync({
    resolvers: [
      NodeResolver,
      TicketResolver,
      UpdateResolver,
      CommentResolver,
      SyncedResolver,
      TicketChangeResolver,
      BrowseResolver,
      ConnectionResolver,
      ManageConnectionsResolver,
      AuditResolver,
      DeliveryResolver,
      BulkJobResolver,
      ViewerResolver,
      ApiKeyResolver,
    ],
    scalarsMap: [
      { type: Date, scalar: DateTime },
      { type: URL, scalar: Url },
      { type: Object, scalar: Json },
    ],
    validate: false,
    pubSub: OWN_SOURCES,
  });
  for (const name of ONE_OF) {
    const type = own.getType(name);
    if (!(type instanceof GraphQLInputObjectType)) throw new Error(`The schema has no input ${name}.`);
    type.isOneOf = true;
  }
  readGetters(own);
  const schema = federation ? asSubgraph(own) : own;
  authorize(schema, federation ? { ...RULES, ...FEDERATION_RULES } : RULES);
  return schema;
}

/** The schema in its own language, as it is kept in schema/schema.graphql. */
export function printedSchema(): string {
  return `${printSchema(createSchema())}\n`;
}
