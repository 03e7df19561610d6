import type { Answer, Request } from "../../answer.js";
import { isObject } from "../../json.js";
import { createIssue } from "../create-issue.js";
import { viewOf, type JiraRoute, type Site } from "../site.js";
import { BAD_PAYLOAD, fieldErrors, refuse, type ErrorCollection } from "../words.js";

const MOST = 50;

/** Up to 50 issues at once; each on its own, so that some can fail. */
export function bulkCreateRoutes(site: Site): readonly JiraRoute[] {
  return [
    {
      name: "createIssues",
      method: "POST",
      path: "/rest/api/3/issue/bulk",
      answer: (request) => createIssues(site, request),
    },
  ];
}

/** 201 if any succeeded; 400 with the same form if none did. */
function createIssues(site: Site, request: Request): Answer {
  const updates: unknown = isObject(request.body) ? request.body.issueUpdates : undefined;
  if (!Array.isArray(updates)) return BAD_PAYLOAD;
  if (updates.length === 0) return refuse(400, "At least one issue is required.");
  if (updates.length > MOST)
    return refuse(400, `The number of issues to create can't exceed ${MOST}; ${updates.length} were given.`);
  const view = viewOf(site, request);
  const issues: unknown[] = [];
  const errors: unknown[] = [];
  reached(updates, request).forEach((details, failedElementNumber) => {
    const result = struckDown(site, request) ?? createIssue(site, view, details);
    if ("errors" in result) errors.push({ status: 400, elementErrors: result.errors, failedElementNumber });
    else issues.push(result.created);
  });
  return { status: issues.length > 0 ? 201 : 400, body: { issues, errors } };
}

/** Those that the fault "half" lets it come to: the first half. */
function reached(updates: readonly unknown[], { fault }: Request): readonly unknown[] {
  return fault?.kind === "half" ? updates.slice(0, Math.ceil(updates.length / 2)) : updates;
}

/** The failure that the fault "partial" gives to some elements. */
function struckDown({ random }: Site, { fault }: Request): { readonly errors: ErrorCollection } | undefined {
  if (fault?.kind !== "partial" || random() >= (fault.share ?? 0.5)) return undefined;
  return { errors: fieldErrors({ issuetype: "The issue type selected is invalid." }) };
}
