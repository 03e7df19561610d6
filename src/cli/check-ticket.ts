import { didYouMean } from "../domain/suggest.js";
import { CliError } from "./cli-error.js";
import type { CreateTicketInput, RefInput, Sdk } from "./generated/sdk.js";

/** What is wrong with a ticket; nothing where it can be imported. Throws CliError where that can't be found out. */
export type CheckTicket = (input: CreateTicketInput) => Promise<readonly string[]>;

/** All that the gateway would refuse before it sends anything, ticket by ticket: its own dry run. */
export function byDryRun(sdk: Sdk, connectionId: string): CheckTicket {
  return async (input) => {
    const { validateTicket } = await sdk.ImportCheck({ input: { ...input, connectionId } });
    return validateTicket.errors.map(({ path, message }) =>
      path.length > 0 ? `${path.join(".")}: ${message}` : message,
    );
  };
}

/** Only place and type, for which each project is asked about once: what is needed before a long import begins. */
export function byPlace(
  sdk: Sdk,
  connectionId: string,
  { projectRequired, typeRequired }: { readonly projectRequired: boolean; readonly typeRequired: boolean },
): CheckTicket {
  const types = new Map<string, Promise<TypesOf>>();
  return async ({ project, type }) => {
    if (!project) return projectRequired ? ["project: it is missing. Every ticket here has one."] : [];
    const place = JSON.stringify(project);
    const known = types.get(place) ?? typesAt(sdk, connectionId, project);
    types.set(place, known);
    return type || typeRequired ? (await known)(type) : [];
  };
}

/** What is wrong with a type in one project. */
type TypesOf = (type: TypeRef | null | undefined) => readonly string[];
type TypeRef = { readonly id?: unknown; readonly vendorId?: unknown; readonly name?: unknown };

/** Asks for the types of a project. */
async function typesAt(sdk: Sdk, connectionId: string, project: RefInput): Promise<TypesOf> {
  const known: { id: string; vendorId: string; name: string }[] = [];
  try {
    for (let after: string | null = null; ;) {
      const { issueTypes } = await sdk.ImportTypes({ connectionId, project, after });
      known.push(...issueTypes.nodes);
      if (!issueTypes.pageInfo.hasNextPage) break;
      after = issueTypes.pageInfo.endCursor ?? null;
    }
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return () => [`project: ${error.message}`];
  }
  const names = known.map(({ name }) => name);
  return (type) => {
    // A vendor without types has none to tell; it refuses a type that is given all the same.
    if (known.length === 0) return [];
    if (!type) return [`type: it is missing. The project has ${names.join(", ")}.`];
    const word = String(type.name ?? type.vendorId ?? type.id);
    const wanted = word.toLowerCase();
    const found = known.some(({ id, vendorId, name }) =>
      type.name != null ? name.toLowerCase() === wanted : [id, vendorId].some((one) => one.toLowerCase() === wanted),
    );
    if (found) return [];
    return [`type: the project has no "${word}"; it has ${names.join(", ")}.${didYouMean(word, names)}`];
  };
}
