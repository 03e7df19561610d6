import type { Call, Http, HttpRequest, Query } from "../../http/http.js";
import { creatable, readable, type Access } from "../access.js";
import { Projects, WireUser } from "./wire.js";

/** Some more than are told. */
const SOME = 4;

/** Whom Jira takes us for, what it lets us see, and where it lets us create: three calls. Throws VendorError. */
export async function checkAccess(http: Http, call: Call): Promise<Access> {
  type Get<T> = Pick<HttpRequest<T>, "operation" | "path" | "parse" | "accept">;
  const get = <T>({ path, ...more }: Get<T>, query: Query): Promise<T> =>
    http.send({ kind: "read", method: "GET", path: ["rest", "api", "3", ...path], query, ...more }, call);
  const projects = async (query: Query): Promise<readonly string[]> => {
    const asked: Get<Pick<Projects, "values">> = {
      operation: "project.search",
      path: ["project", "search"],
      // Jira may say 404 where no project fits.
      accept: (status, body) => status === 200 || (status === 404 && body !== undefined),
      parse: (body, { status }) => (status === 404 ? { values: [] } : Projects.parse(body)),
    };
    const { values } = await get(asked, { maxResults: SOME, ...query });
    return values.map(({ id, key }) => key ?? id);
  };
  // Other calls answer strangers too, with what strangers may see: this one says who we are, or 401.
  const parse = (body: unknown) => WireUser.parse(body);
  const { displayName } = await get({ operation: "myself", path: ["myself"], parse }, {});
  const [seen, open] = await Promise.all([projects({}), projects({ action: "create" })]);
  return {
    account: displayName ?? null,
    read: readable("Jira", seen),
    create: creatable("Jira", open, "the permissions Browse Projects and Create Issues"),
  };
}
