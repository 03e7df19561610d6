import { Kind, type FieldNode, type SelectionSetNode } from "graphql";

/** What an issue's fields get beyond the vendor's: its project and its assignee, asked for in one call for each kind. */
export const joinedTypes = `extend type Fields { assigneeJoined: Person projectJoined: Named }`;

type Thing = Readonly<Record<string, unknown>>;
interface Batch {
  readonly root: unknown;
  readonly context: unknown;
  readonly info: unknown;
  readonly key: string;
  argsFromKeys(ids: readonly string[]): object;
  selectionSet(wanted: SelectionSetNode): SelectionSetNode;
  valuesFromResults(answer: { readonly values: readonly Thing[] }, ids: readonly string[]): readonly unknown[];
}
interface Context {
  readonly jira: { readonly Query: Readonly<Record<string, (batch: Batch) => unknown>> };
}
interface Fields {
  readonly assignee: { readonly accountId: string } | null;
  readonly project: { readonly id: string };
}

const field = (value: string, selectionSet?: SelectionSetNode): FieldNode => ({
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value },
  ...(selectionSet && { selectionSet }),
});
const selected = (selections: SelectionSetNode["selections"]): SelectionSetNode => ({
  kind: Kind.SELECTION_SET,
  selections,
});

/** How many the vendor gives in one answer. */
const MOST = 50;

/** Asks `source` for all ids at once, by the argument `arg`; what comes back has them in `id`. */
const joined =
  (source: string, arg: string, id: string) =>
  (key: string, root: Fields, context: Context, info: unknown): unknown =>
    context.jira.Query[source]?.({
      root,
      context,
      info,
      key,
      argsFromKeys: (ids) => ({ [arg]: ids, maxResults: MOST }),
      selectionSet: ({ selections }) => selected([field("values", selected([...selections, field(id)]))]),
      valuesFromResults: ({ values }, ids) => ids.map((one) => values.find((value) => value[id] === one)),
    });
const person = joined("people", "accountId", "accountId");
const project = joined("projects", "id", "id");

type Resolve = (root: Fields, args: unknown, context: Context, info: unknown) => unknown;

/** How they are resolved, batched as the gateway's documentation does it. */
export const joinedFields: { readonly Fields: Record<string, { selectionSet: string; resolve: Resolve }> } = {
  Fields: {
    assigneeJoined: {
      selectionSet: "{ assignee { accountId } }",
      resolve: (root, _, context, info) =>
        root.assignee ? person(root.assignee.accountId, root, context, info) : null,
    },
    projectJoined: {
      selectionSet: "{ project { id } }",
      resolve: (root, _, context, info) => project(root.project.id, root, context, info),
    },
  },
};
