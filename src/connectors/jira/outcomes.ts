import { VendorError } from "../../domain/errors.js";
import type { TicketRef } from "../../domain/ticket.js";
import { codeOf } from "../code-of.js";
import { faultOf } from "./faults.js";
import { browseUrl } from "./map.js";
import type { JiraSite } from "./settings.js";
import { CreatedIssues, type CreatedIssue, type ErrorCollection } from "./wire.js";

/** What became of one element of a create: made (perhaps with a refused transition), refused, or not to be told apart. */
export type Created =
  | { readonly issue: CreatedIssue; readonly error?: never }
  | { readonly issue?: never; readonly error: VendorError; readonly isKnown: boolean };

/**
 * One result per element. Failures carry their index and successes carry none, so the successes are the other elements in
 * order: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-bulk-post
 * Where the numbers don't add up, which success belongs to whom is not guessed: those are told as unknown.
 */
export function createdEach(count: number, { issues, errors }: CreatedIssues): readonly Created[] {
  const failed = new Map(errors.map((error) => [error.failedElementNumber, error]));
  const isWhole =
    failed.size === errors.length &&
    errors.every(({ failedElementNumber: n }) => n >= 0 && n < count) &&
    issues.length + failed.size === count &&
    new Set(issues.map(({ id }) => id)).size === issues.length;
  const made = issues[Symbol.iterator]();
  return Array.from({ length: count }, (_, n): Created => {
    const error = failed.get(n);
    if (error) return { error: refusal(error.elementErrors ?? {}, error.status ?? 400), isKnown: true };
    const issue = isWhole ? made.next().value : undefined;
    return issue ? { issue } : { error: unclear(), isKnown: false };
  });
}

/** Whether a refusal is told element by element, as when every one of them failed. */
export function isBulkAnswer(body: unknown): boolean {
  const { success, data } = CreatedIssues.safeParse(body);
  return success && data.errors.length > 0;
}

/** What is known of an issue that was just made. */
export function refOf({ id, key }: CreatedIssue, site: JiraSite): TicketRef {
  return { vendorId: id, key: key ?? null, url: key ? browseUrl(site, key) : null };
}

function refusal(collection: ErrorCollection, status: number): VendorError {
  const fault = faultOf(collection);
  const message = fault.message || `Jira refused this ticket (HTTP ${status}) without saying why.`;
  return new VendorError({ ...fault, message, code: codeOf(status) }, "no", { status });
}

function unclear(): VendorError {
  const message = "Jira's answer doesn't tell which of several tickets were made.";
  return new VendorError({ code: "BAD_RESPONSE", message }, "maybe");
}
