import { unkeepable } from "./rules.js";
import type { Reference } from "./new-ticket.js";
import type { Text } from "./rich-text.js";
import { invalid, type TicketError } from "./ticket-error.js";

/** A comment as a caller asks for it, its ticket not yet looked up. */
export interface NewComment {
  readonly ticket: Reference;
  readonly body: Text;
}

/** What can be said against a comment without asking the vendor; empty when nothing can. `max` is in UTF-16 code units. */
export function checkNewComment({ body: { text } }: NewComment, max: number, vendor: string): readonly TicketError[] {
  if (text.trim() === "") return [invalid(["body"], "The body is empty. Say something.")];
  const long = `The body has ${text.length} characters; ${vendor} takes at most ${max}.`;
  return [...unkeepable(text, ["body"]), ...(text.length > max ? [invalid(["body"], long)] : [])];
}
