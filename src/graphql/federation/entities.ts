import { readGlobalId } from "../../domain/global-id.js";
import type { TicketParts } from "../../domain/ticket.js";
import { RequestError } from "../../domain/request-error.js";
import type { NodeType } from "../common/node.type.js";
import type { Context } from "../context.js";
import { findNode } from "../find-node.js";

/** How many representations one `_entities` takes: a router asks for a whole page's things at once, and for pages within pages. */
export const ENTITIES_MAX = 1_000;

/** What a router gets for one representation: the thing, null where there is none that the caller may see, or why it can't be told. */
type Entity = NodeType | null | Error;

/**
 * What representations refer to, in their order, read as `nodes` reads: all of one kind and connection together. An error stands
 * in its own place and spoils no other; `kinds` are the types that have a key, `parts` what tickets among them are read for. Throws RequestError for too many.
 */
export function findEntities(
  context: Context,
  representations: readonly unknown[],
  kinds: ReadonlySet<string>,
  parts: TicketParts,
): Promise<readonly Entity[]> {
  const { length } = representations;
  if (length > ENTITIES_MAX) {
    const message = `_entities takes at most ${ENTITIES_MAX} representations; ${length} were given. Ask for smaller pages in the operation that leads here.`;
    throw new RequestError("BAD_USER_INPUT", message);
  }
  // An error that is an item's value is told in its place; one that is thrown would be everybody's.
  return Promise.all(
    representations.map((one) => findEntity(context, one, kinds, parts).catch((error: unknown) => error as Error)),
  );
}

async function findEntity(
  context: Context,
  representation: unknown,
  kinds: ReadonlySet<string>,
  parts: TicketParts,
): Promise<Entity> {
  const { __typename: kind, id } = (representation ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof kind !== "string" || !kinds.has(kind)) throw malformed("`__typename`", [...kinds].join(", "), kind);
  if (typeof id !== "string") throw malformed("`id`", "a text that this API gave", id);
  // Never another kind's object: the router would read it as what it asked for.
  return readGlobalId(id)?.kind === kind ? findNode(context, id, parts) : null;
}

function malformed(member: string, wanted: string, found: unknown): RequestError {
  const shown = found === undefined ? "nothing" : JSON.stringify(found).slice(0, 60);
  const example = '{"__typename": "Ticket", "id": "…"}';
  const message = `A representation is an object such as ${example}: its ${member} must be ${/^`_/.test(member) ? "one of " : ""}${wanted}; ${shown} was given.`;
  return new RequestError("BAD_USER_INPUT", message);
}
