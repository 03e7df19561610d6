import type { Call, Http, HttpRequest, Query } from "../../http/http.js";
import type { LeenSite } from "./settings.js";

/** What the calls to Leen need of a connection. */
export interface LeenParts {
  readonly http: Http;
  readonly site: LeenSite;
}

type Endpoint<T> = Pick<HttpRequest<T>, "operation" | "path" | "parse" | "accept">;

/** Reads. Throws VendorError. */
export function get<T>({ http }: LeenParts, endpoint: Endpoint<T>, query: Query, call: Call): Promise<T> {
  return http.send({ kind: "read", method: "GET", query, ...endpoint }, call);
}

/** One thing by its id; undefined where Leen says that there is none. */
export function getOne<T>(
  { http }: LeenParts,
  { operation, path, parse }: Endpoint<T>,
  call: Call,
): Promise<T | undefined> {
  const accept = (status: number, body: unknown): boolean => status === 200 || (status === 404 && body !== undefined);
  const read = (body: unknown, { status }: { readonly status: number }) =>
    status === 404 ? undefined : parse(body, { status, headers: {} });
  return http.send<T | undefined>({ kind: "read", method: "GET", operation, path, accept, parse: read }, call);
}

/** A path of the settings with its open part filled in. */
export function filled(path: string, part = ""): string[] {
  return path.split("/").map((segment) => (/^\{\w+\}$/.test(segment) ? part : segment));
}
