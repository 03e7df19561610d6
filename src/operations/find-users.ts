import type { Connection } from "../connectors/connection.js";
import { VendorError } from "../domain/errors.js";
import type { Reference } from "../domain/new-ticket.js";
import { closest } from "../domain/suggest.js";
import type { TicketError } from "../domain/ticket-error.js";
import type { User, VendorId } from "../domain/ticket.js";
import { absent, vendorIdOf, type Found } from "./references.js";

/** How many users an error names as what could have been given. */
const CHOICES = 50;
/** By so many letters at its beginning a word is looked for among more users than one page tells. */
const BEGINNING = 3;

/**
 * The users that references name, with an error for each that nobody answers to: it says who was probably meant, among those to
 * whom tickets of the project can be given.
 */
export function findUsers(
  connection: Connection,
  refs: readonly Reference[],
  path: readonly string[],
  projectId: Promise<VendorId | null | undefined>,
): Promise<Found<VendorId>[]> {
  return Promise.all(
    refs.map(async (ref, index): Promise<Found<VendorId>> => {
      const place = [...path, String(index)];
      const named = vendorIdOf(connection, "User", ref, place);
      const user = named.error ? null : await connection.user(named.value);
      if (user) return { value: user.vendorId };
      const error = named.error ?? absent(connection, "User", named.value, place);
      const word = ref.vendorId?.trim();
      const project = error.code === "NOT_FOUND" && word ? await projectId : undefined;
      return { error: word && project ? await withMeant(connection, project, word, error) : error };
    }),
  );
}

/** What helps is left out where the vendor can't be asked for it: the mistake stays the same. */
async function withMeant(
  connection: Connection,
  projectId: VendorId,
  word: string,
  error: TicketError,
): Promise<TicketError> {
  try {
    const some = await connection.someUsersOf(projectId, "");
    const first = meantAmong(some, word);
    const more = first ? [] : await connection.someUsersOf(projectId, word.slice(0, BEGINNING));
    const meant = first ?? meantAmong(more, word);
    const ids = [...new Set([...(meant ? [meant] : []), ...more, ...some].map(({ vendorId }) => vendorId))];
    const hint = meant ? ` Did you mean "${meant.vendorId}" (${meant.name})?` : "";
    return { ...error, message: `${error.message}${hint}`, allowedValues: ids.slice(0, CHOICES) };
  } catch (failure) {
    if (failure instanceof VendorError) return error;
    throw failure;
  }
}

/** By id, name or e-mail address, whichever is closest. */
function meantAmong(users: readonly User[], word: string): User | undefined {
  const words = new Map(
    users.flatMap((user) => [user.vendorId, user.name, ...(user.email ? [user.email] : [])].map((one) => [one, user])),
  );
  const near = closest(word, [...words.keys()]);
  return near === undefined ? undefined : words.get(near);
}
