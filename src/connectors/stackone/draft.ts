import type { Text } from "../../domain/rich-text.js";
import type { TicketDraft } from "../../domain/ticket.js";
import { written } from "../rich-text.js";
import type { StackOneOwn } from "./create-input.js";
import { LEVELS } from "./fields.js";
import type { StackOneSite } from "./settings.js";

/** A draft in StackOne's words, its components found. Throws VendorError UNSUPPORTED for a text that it can't take, with nothing sent. */
export function newTicketOf(
  draft: TicketDraft,
  { options }: StackOneSite,
  componentIds?: readonly string[],
): Readonly<Record<string, unknown>> {
  const { name, projectId, typeId, description, priority, assigneeIds, reporterIds, parentId, tags, marker } = draft;
  const { creatorId, organizationId, collections, priorityId, priorityLevel } = (draft.own ?? {}) as StackOneOwn;
  const allTags = marker !== undefined && options.markerTag ? [...tags, marker] : tags;
  const inCollections = collections ?? (options.legacyCollections && projectId !== null ? [projectId] : undefined);
  const urgency = priorityOf(priority, priorityId, priorityLevel);
  return {
    title: name,
    ...(creatorId !== undefined && { creator_id: creatorId }),
    ...(reporterIds.length > 0 && { reporters: reporterIds }),
    ...(assigneeIds.length > 0 && { assignees: assigneeIds }),
    ...(description && { content: contentOf(description) }),
    ...(parentId !== undefined && { parent_id: parentId }),
    ...(urgency && { priority: urgency }),
    ...(allTags.length > 0 && { tags: allTags }),
    ...(projectId !== null && { project_id: projectId }),
    ...(inCollections && { collections: inCollections }),
    ...(componentIds && { component_ids: options.componentIdsAs === "text" ? componentIds.join(",") : componentIds }),
    ...(typeId !== null && { type: typeId }),
    ...(organizationId !== undefined && { organization_id: organizationId }),
    ...(Object.keys(draft.customFields).length > 0 && { unified_custom_fields: draft.customFields }),
  };
}

/** Both forms, since the systems behind StackOne take one or the other. */
export function contentOf(text: Text): readonly { readonly plain: string; readonly html: string }[] {
  return [{ plain: written(text, "PLAIN", "StackOne"), html: written(text, "HTML", "StackOne") }];
}

/** The word as the system behind knows it, and what it means, told or plain from the word itself. */
export function priorityOf(
  word: string | undefined,
  id?: string,
  level?: string,
): Readonly<Record<string, string>> | undefined {
  const own = word?.toLowerCase();
  const value = level?.toLowerCase() ?? (own !== undefined && LEVELS.includes(own) ? own : undefined);
  if (word === undefined && id === undefined && value === undefined) return undefined;
  return {
    ...(id !== undefined && { id }),
    ...(value !== undefined && { value }),
    ...(word !== undefined && { source_value: word }),
  };
}
