import { createHash } from "node:crypto";
import type { Sdk, RefInput } from "./generated/sdk.js";
import { CliError } from "./cli-error.js";
import type { ImportFile } from "./import-file.js";
import { readRecords } from "./records.js";
import type { BadRow, rowsBy } from "./rows.js";

/** What a whole file is like. */
export interface Checked {
  /** Of the file's bytes: another file, or another version of it, has another. */
  readonly hash: string;
  readonly tickets: number;
  readonly badRows: number;
}

type ReadRow = ReturnType<typeof rowsBy>;

/** What a connection's tickets must have. */
export interface Wanted {
  readonly hasProjects: boolean;
  typesOf(project: RefInput): Promise<TypesOf>;
}

/**
 * Reads all of a file, and asks the gateway for each project's types once; `onBad` hears of every line that can't be imported.
 * Throws CliError.
 */
export async function checkFile(
  file: ImportFile,
  readRow: ReadRow,
  { hasProjects, typesOf }: Wanted,
  onBad: (row: BadRow) => void,
): Promise<Checked> {
  const hash = createHash("sha256");
  const types = new Map<string, Promise<TypesOf>>();
  let [tickets, badRows] = [0, 0];
  for await (const record of readRecords(file, (bytes) => hash.update(bytes))) {
    const row = readRow(record);
    let problems = "problems" in row ? row.problems : [];
    if ("input" in row && row.input.project) {
      const place = JSON.stringify(row.input.project);
      const known = types.get(place) ?? typesOf(row.input.project);
      types.set(place, known);
      problems = (await known)(row.input.type);
    } else if ("input" in row && hasProjects) problems = ["project: it is missing. Every ticket here has one."];
    if (problems.length === 0) tickets += 1;
    else {
      badRows += 1;
      onBad({ line: row.line, problems });
    }
  }
  if (tickets + badRows === 0) throw new CliError(`${file.path} has no tickets in it.`);
  return { hash: hash.digest("hex"), tickets, badRows };
}

/** What is wrong with a type in one project. */
export type TypesOf = (type: TypeRef | null | undefined) => readonly string[];
type TypeRef = { readonly id?: unknown; readonly vendorId?: unknown; readonly name?: unknown };

/** Asks for the types of a project. */
export function typesAt(sdk: Sdk, connectionId: string): (project: RefInput) => Promise<TypesOf> {
  return async (project) => {
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
      const wanted = String(type.name ?? type.vendorId ?? type.id).toLowerCase();
      const found = known.some(({ id, vendorId, name }) =>
        type.name != null ? name.toLowerCase() === wanted : [id, vendorId].some((one) => one.toLowerCase() === wanted),
      );
      return found
        ? []
        : [`type: the project has no "${String(type.name ?? type.vendorId ?? type.id)}"; it has ${names.join(", ")}.`];
    };
  };
}
