import { isObject, type JsonObject } from "../json.js";
import { isDocument } from "./adf.js";
import type { Comment } from "./issue.js";
import type { Site } from "./site.js";
import { INTEGRATION } from "./site/people.js";

/** The comments that came under `update` with a new or changed issue; what is no document is left out. */
export function commentsIn({ update }: JsonObject, { state, now }: Site): readonly Comment[] {
  const operations = isObject(update) && Array.isArray(update.comment) ? (update.comment as unknown[]) : [];
  return operations.flatMap((operation) => {
    const { body } = isObject(operation) && isObject(operation.add) ? operation.add : {};
    return isDocument(body)
      ? [{ id: state.nextCommentId(), authorId: INTEGRATION.accountId, body, created: now(), properties: {} }]
      : [];
  });
}
