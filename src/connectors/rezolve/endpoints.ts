import { VendorError } from "../../domain/errors.js";
import type { Call, Http, HttpRequest, Query } from "../../http/http.js";
import { reread, type Tagged } from "../reread.js";
import type { RezolveSite } from "./settings.js";

/** What the calls to Rezolve need of a connection. */
export interface RezolveParts {
  readonly http: Http;
  readonly site: RezolveSite;
}

/** Every call names the catalog and the module. */
export const CATALOG: Query = { type: "template", module: "ticketing" };

type Asked<T> = Pick<HttpRequest<T>, "operation" | "path" | "parse"> & {
  readonly query?: Query;
  readonly body?: unknown;
};

/** A path below the ticketing API: https://docs.rezolve.ai. */
export function path(...segments: readonly string[]): string[] {
  return ["api", "v2", "ticketing", ...segments];
}

/** Reads; with a body by POST, as Rezolve's lists are. */
export function read<T>({ http }: RezolveParts, { query, ...asked }: Asked<T>, call: Call): Promise<T> {
  const method = asked.body === undefined ? "GET" : "POST";
  return http.send({ kind: "read", method, query: { ...CATALOG, ...query }, ...asked }, call);
}

/** A list that rarely changes; what was read before counts where Rezolve says by 304 that it still holds. */
export function readAgain<T>(
  { http }: RezolveParts,
  { query, ...asked }: Asked<T>,
  before: Tagged<T> | undefined,
  call: Call,
): Promise<Tagged<T>> {
  return reread(http, { kind: "read", method: "GET", query: { ...CATALOG, ...query }, ...asked }, before, call);
}

/** One thing; undefined where Rezolve says, in JSON or by a page of HTML, that there is none. */
export async function readOne<T>(parts: RezolveParts, asked: Asked<T>, call: Call): Promise<T | undefined> {
  try {
    return await read(parts, asked, call);
  } catch (error) {
    if (error instanceof VendorError && error.code === "NOT_FOUND") return undefined;
    throw error;
  }
}
