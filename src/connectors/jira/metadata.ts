import type { VendorId } from "../../domain/ticket.js";
import type { Call, Http } from "../../http/http.js";
import { openMemory, type Memory } from "../memory.js";
import type { Renewable } from "../judged.js";
import { CreateFields, IssueTypes, ProjectStatuses, type WireField, type WireIssueType } from "./wire.js";

/** For how long what administrators decide is remembered, in milliseconds. */
const TTL_MS = 60_000;
const PAGE = 100;

/** What Jira's administrators decide and every create needs: briefly remembered, asked for once by all who need it. */
export interface Metadata extends Renewable<Metadata> {
  /** The fields of the create screen of a type in a project. */
  fields(projectId: VendorId, typeId: VendorId, call: Call): Promise<readonly WireField[]>;
  /** The names of the statuses that a type can have in a project. */
  statuses(projectId: VendorId, typeId: VendorId, call: Call): Promise<readonly string[]>;
  /** Every issue type of the site that the account may see. */
  issueTypes(call: Call): Promise<readonly WireIssueType[]>;
}

export function openMetadata(http: Http, once: Memory = openMemory({ ttlMs: TTL_MS, max: 2_000 })): Metadata {
  return {
    asOfNow: () => openMetadata(http, once.asOfNow()),
    fields: (projectId, typeId, call) =>
      once(`fields ${projectId} ${typeId}`, () => allFields(http, projectId, typeId, call)),
    statuses: async (projectId, typeId, call) => {
      const types = await once(`statuses ${projectId}`, () =>
        http.send(
          {
            operation: "project.statuses",
            kind: "read",
            method: "GET",
            path: ["rest", "api", "3", "project", projectId, "statuses"],
            parse: (body) => ProjectStatuses.parse(body),
          },
          call,
        ),
      );
      return types.find(({ id }) => id === typeId)?.statuses.map(({ name }) => name) ?? [];
    },
    issueTypes: (call) =>
      once("types", () =>
        http.send(
          {
            operation: "issuetype",
            kind: "read",
            method: "GET",
            path: ["rest", "api", "3", "issuetype"],
            parse: (body) => IssueTypes.parse(body),
          },
          call,
        ),
      ),
  };
}

async function allFields(http: Http, projectId: VendorId, typeId: VendorId, call: Call): Promise<readonly WireField[]> {
  const fields: WireField[] = [];
  for (;;) {
    const page = await http.send(
      {
        operation: "createmeta.fields",
        kind: "read",
        method: "GET",
        path: ["rest", "api", "3", "issue", "createmeta", projectId, "issuetypes", typeId],
        query: { startAt: fields.length, maxResults: PAGE },
        parse: (body) => CreateFields.parse(body),
      },
      call,
    );
    fields.push(...page.fields);
    if (page.fields.length === 0 || fields.length >= (page.total ?? fields.length)) return fields;
  }
}
