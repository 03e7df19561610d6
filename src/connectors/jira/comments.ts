import type { Page, PageRequest } from "../../domain/page.js";
import type { Comment, CommentDraft, TicketRef, VendorId } from "../../domain/ticket.js";
import type { Call, Http } from "../../http/http.js";
import { asComment } from "../comment-text.js";
import type { LostCreate, Outcome } from "../connector.js";
import { eachAlone } from "../failed.js";
import { findLostComments } from "../lost-comments.js";
import { offsetOf } from "../offset-page.js";
import { adfOf } from "./draft.js";
import { commentOf, PROPERTY } from "./map.js";
import { isIssue, isNumber } from "./names.js";
import { Comments, CommentsById, WireComment } from "./wire.js";

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/ */
const pathOf = (ticketId: VendorId): string[] => ["rest", "api", "3", "issue", ticketId, "comment"];
/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/#api-rest-api-3-comment-list-post */
const IDS_A_LIST = 1_000;
/** How many of an issue's latest comments are looked at for a lost one: it was added minutes ago. */
const LATEST = 1_000;

/** The comments of an issue, the oldest first. */
export async function listComments(
  http: Http,
  ticketId: VendorId,
  page: PageRequest,
  call: Call,
): Promise<Page<Comment>> {
  const startAt = offsetOf(page);
  const { comments, total } = await latest(
    http,
    ticketId,
    { startAt, maxResults: page.first, orderBy: "created" },
    call,
  );
  const end = startAt + comments.length;
  const hasMore = comments.length > 0 && end < (total ?? 0);
  return { items: comments.map(commentOf), total: total ?? null, ...(hasMore && { next: String(end) }) };
}

/** Comments by id, each with its properties. Jira keeps to no issue here, so who asks says which it must be of. */
export async function commentsById(
  http: Http,
  ticketId: VendorId,
  ids: readonly VendorId[],
  call: Call,
): Promise<readonly WireComment[]> {
  const wanted = ids.filter(isNumber).slice(0, IDS_A_LIST);
  if (wanted.length === 0 || !isIssue(ticketId)) return [];
  const { values } = await http.send(
    {
      operation: "comment.list",
      kind: "read",
      method: "POST",
      path: ["rest", "api", "3", "comment", "list"],
      query: { expand: "properties" },
      body: { ids: wanted.map(Number) },
      parse: (body) => CommentsById.parse(body),
    },
    call,
  );
  return values.filter(({ self }) => !self || self.includes(`/issue/${ticketId}/`));
}

/** Adds comments, each with its marker as a property, which people don't see. */
export function addComments(
  http: Http,
  drafts: readonly CommentDraft[],
  call: Call,
): Promise<readonly Outcome<TicketRef>[]> {
  return eachAlone(drafts, async ({ ticketId, body: text, marker }) => {
    const body = asComment(() => adfOf(text));
    const properties = marker === undefined ? [] : [{ key: PROPERTY, value: { id: marker } }];
    const { id } = await http.send(
      {
        operation: "comment.add",
        kind: "write",
        method: "POST",
        path: pathOf(ticketId),
        body: { body, ...(properties.length > 0 && { properties }) },
        parse: (answer) => WireComment.parse(answer),
      },
      call,
    );
    return { state: "done", value: { vendorId: id, key: null, url: null } };
  });
}

/** Among the latest comments of each issue, those that carry the markers: Jira lists comments from its database, not its index. */
export function findComments(
  http: Http,
  lost: readonly LostCreate[],
  call: Call,
): Promise<ReadonlyMap<string, readonly TicketRef[]>> {
  return findLostComments(lost, async (ticketId) => {
    const { comments } = await latest(http, ticketId, { maxResults: LATEST, orderBy: "-created" }, call);
    const ids = comments.map(({ id }) => id);
    const marked = (await commentsById(http, ticketId, ids, call)).map(({ id, properties }) => {
      const marker = (properties ?? []).find(({ key }) => key === PROPERTY)?.value?.id;
      return { id, marker };
    });
    return marked.sort((a, b) => Number(a.id) - Number(b.id));
  });
}

function latest(
  http: Http,
  ticketId: VendorId,
  query: Readonly<Record<string, string | number>>,
  call: Call,
): Promise<Comments> {
  const path = pathOf(ticketId);
  return http.send(
    { operation: "comments.list", kind: "read", method: "GET", path, query, parse: (body) => Comments.parse(body) },
    call,
  );
}
