import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describeApi, type ApiDescription, type DescribedCall, type Description } from "./api-description.js";

/** Said by tests that need the description where it isn't there. */
export const NO_DESCRIPTION =
  "Jira's OpenAPI description isn't here: name its file in JIRA_DESCRIPTION to check requests and answers against it.";

/** The description in the file that JIRA_DESCRIPTION names; undefined where there is no such file. */
export function jiraDescription(): ApiDescription | undefined {
  const usual = fileURLToPath(new URL("../../../shared/specs/jira-ticketing.json", import.meta.url));
  const file = process.env.JIRA_DESCRIPTION ?? usual;
  return existsSync(file)
    ? describeApi(JSON.parse(readFileSync(file, "utf8")) as Description, /^\/ex\/jira\/[^/]+/)
    : undefined;
}

/** In Jira's API, but not in this excerpt of its description: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/#api-rest-api-3-comment-list-post */
const LEFT_OUT: ReadonlySet<string> = new Set(["/rest/api/3/comment/list"]);

let usual: ApiDescription | undefined | null = null;

/** What the description has against any of these calls of the REST API; empty where it isn't here. */
export function undescribed(calls: readonly DescribedCall[]): readonly string[] {
  usual ??= jiraDescription();
  return calls
    .filter(({ path }) => path.includes("/rest/api/") && !LEFT_OUT.has(path.replace(/^\/ex\/jira\/[^/]+/, "")))
    .flatMap((call) => (usual?.check(call) ?? []).map((problem) => `${call.method} ${call.path}: ${problem}`));
}
