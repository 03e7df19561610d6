import type { Page, PageRequest } from "../../domain/page.js";
import type { Comment, CommentDraft, TicketRef, VendorId } from "../../domain/ticket.js";
import type { Call, Http } from "../../http/http.js";
import { asComment } from "../comment-text.js";
import type { LostCreate, Outcome } from "../connector.js";
import { eachAlone } from "../failed.js";
import { findLostComments } from "../lost-comments.js";
import { escapeHtml, richTextOf } from "../rich-text.js";
import { contentOf } from "./draft.js";
import { dateOf, userOf } from "./map.js";
import { nextOf, PAGE_MAX, pagingOf, read, textOf, textParts, type Condition, type Paging } from "./reads.js";
import { collection, Sentences, WireEntry } from "./wire.js";

/** What people say on a ticket: comments among those who work on it, and correspondence with who asked. */
const SAID: readonly Condition[] = ["Comment", "Correspond"].map((value) => ({ field: "Type", value }));
/**
 * The marker stands in an HTML comment at the end: Request Tracker keeps texts as they come and shows no HTML comments.
 * https://docs.bestpractical.com/rt/5.0.3/RT_Config.html#%24HTMLScrubber
 */
const MARKER = /\s*<!-- (gw-[a-z2-7]{26}) -->\s*$/;

/** What was said on a ticket, the oldest first. */
export async function listComments(
  http: Http,
  ticketId: VendorId,
  page: PageRequest,
  call: Call,
): Promise<Page<Comment>> {
  const paging = pagingOf(page);
  const { items, pages, total } = await entries(http, [{ field: "ObjectId", value: ticketId }, ...SAID], paging, call);
  return { items: (await withTexts(http, items, call)).map(({ comment }) => comment), total, ...nextOf(paging, pages) };
}

/** Entries of a ticket's history by number. */
export async function commentsById(
  http: Http,
  ticketId: VendorId,
  ids: readonly VendorId[],
  call: Call,
): Promise<readonly Comment[]> {
  const numbers = ids.filter((id) => /^\d{1,18}$/.test(id));
  if (numbers.length === 0) return [];
  const conditions = [
    { field: "ObjectId", value: ticketId },
    ...SAID,
    ...numbers.map((value) => ({ field: "id", value })),
  ];
  const { items } = await entries(http, conditions, { page: 1, per_page: PAGE_MAX }, call);
  return (await withTexts(http, items, call)).map(({ comment }) => comment);
}

/** Adds comments, which only those see who work on the ticket; each as HTML, with its marker where nobody sees it. */
export function addComments(
  http: Http,
  drafts: readonly CommentDraft[],
  call: Call,
): Promise<readonly Outcome<TicketRef>[]> {
  return eachAlone(drafts, async ({ ticketId, body, marker }) => {
    const content = asComment(() => contentOf(body));
    const id = await http.send(
      {
        operation: "ticket.comment",
        kind: "write",
        method: "POST",
        path: ["REST", "2.0", "ticket", ticketId, "comment"],
        body: marker === undefined ? content : marked(content, marker),
        accept: (status) => status === 201,
        parse: (answer, { headers }) => {
          const [said = ""] = Sentences.parse(answer);
          const transaction = /\/transaction\/(\d+)$/.exec(headers["location"] ?? "")?.[1];
          if (transaction === undefined) throw new Error(`Request Tracker told no transaction: ${said}`);
          return transaction;
        },
      },
      call,
    );
    return { state: "done", value: { vendorId: id, key: null, url: null } };
  });
}

/** Among the latest entries of each ticket, those that carry the markers: REST2 reads the database itself. */
export function findComments(
  http: Http,
  lost: readonly LostCreate[],
  call: Call,
): Promise<ReadonlyMap<string, readonly TicketRef[]>> {
  const latest = { page: 1, per_page: PAGE_MAX };
  return findLostComments(lost, async (ticketId) => {
    const { items } = await entries(http, [{ field: "ObjectId", value: ticketId }, ...SAID], latest, call, "DESC");
    const said = await withTexts(http, items, call);
    return said.map(({ comment, marker }) => ({ id: comment.vendorId, marker })).reverse();
  });
}

function marked({ Content, ContentType }: ReturnType<typeof contentOf>, marker: string): ReturnType<typeof contentOf> {
  const html = ContentType === "text/html" ? Content : escapeHtml(Content).replace(/\r?\n/g, "<br>\n");
  return { Content: `${html}\n<!-- ${marker} -->`, ContentType: "text/html" };
}

function entries(http: Http, conditions: readonly Condition[], paging: Paging, call: Call, order = "ASC") {
  return read(
    http,
    {
      operation: "comments.search",
      method: "POST",
      path: ["transactions"],
      query: {
        fields: "ObjectId,Type,Created,Creator",
        "fields[Creator]": "Name,RealName,EmailAddress,Disabled",
        orderby: "id",
        order,
        ...paging,
      },
      body: [{ field: "ObjectType", value: "RT::Ticket" }, ...conditions],
      parse: (body) => collection(WireEntry).parse(body),
    },
    call,
  );
}

interface Said {
  readonly comment: Comment;
  readonly marker: string | undefined;
}

async function withTexts(http: Http, items: readonly WireEntry[], call: Call): Promise<readonly Said[]> {
  if (items.length === 0) return [];
  const parts = await textParts(
    http,
    items.map(({ id }) => id),
    call,
  );
  const partsOf = Map.groupBy(parts, ({ TransactionId }) => TransactionId);
  return items.flatMap((entry): Said[] => {
    const said = textOf(partsOf.get(entry.id) ?? []);
    // A file that came without words is an attachment, and no comment.
    if (!said) return [];
    const marker = MARKER.exec(said.text)?.[1];
    const body = richTextOf({ format: said.format, text: said.text.replace(MARKER, "") });
    return [{ comment: commentOf(entry, body), marker }];
  });
}

function commentOf({ id, Created, Creator: creator }: WireEntry, body: Comment["body"]): Comment {
  const user = creator ? userOf(creator) : null;
  const createdAt = dateOf(Created);
  return {
    vendorId: id,
    authorId: user?.vendorId ?? null,
    body,
    createdAt,
    updatedAt: createdAt,
    along: { users: creator?.Name && user ? [user] : [] },
  };
}
