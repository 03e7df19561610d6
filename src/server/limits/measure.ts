import {
  isExecutableDefinitionNode,
  Kind,
  type DocumentNode,
  type ExecutableDefinitionNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from "graphql";

/** How large an operation is, with every fragment counted wherever it is spread. */
export interface Measure {
  /** Fields within fields. */
  readonly depth: number;
  /** The same below what tells the schema; 0 where none of it is asked for. */
  readonly introspectionDepth: number;
  /** Fields under another name, or asked for again in the same selection: each of them is run and compared as one more. */
  readonly aliases: number;
  readonly directives: number;
}

const NOTHING: Measure = { depth: 0, introspectionDepth: 0, aliases: 0, directives: 0 };
/** `_service` is how a router asks for the schema. */
const INTROSPECTS = new Set(["__schema", "__type", "_service"]);

/**
 * Measures the largest operation of a document that has been parsed and need not be valid. Each fragment is measured once, so a
 * document that spreads them by the million takes no longer; one that holds itself is measured up to there: `isCyclic` tells.
 */
export function measure(document: DocumentNode): Measure & { readonly isCyclic: boolean } {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  const measured = new Map<string, Measure | "under way">();
  let isCyclic = false;

  const ofFragment = (name: string): Measure => {
    const known = measured.get(name);
    if (known === "under way") isCyclic = true;
    if (known !== undefined) return known === "under way" ? NOTHING : known;
    const fragment = fragments.get(name);
    if (!fragment) return NOTHING;
    measured.set(name, "under way");
    const found = plus(ofSelection(fragment.selectionSet), fragment.directives?.length ?? 0);
    measured.set(name, found);
    return found;
  };
  const ofField = ({ name, selectionSet }: FieldNode): Measure => {
    const below = selectionSet ? ofSelection(selectionSet) : NOTHING;
    if (INTROSPECTS.has(name.value)) return { ...below, depth: 0, introspectionDepth: below.depth + 1 };
    return { ...below, depth: below.depth + 1 };
  };
  const ofSelection = ({ selections }: SelectionSetNode): Measure => {
    const names = new Set<string>();
    let sum = NOTHING;
    for (const selection of selections) {
      let one: Measure;
      let again = 0;
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        again = selection.alias !== undefined || names.has(name) ? 1 : 0;
        names.add(name);
        one = ofField(selection);
      } else {
        one =
          selection.kind === Kind.INLINE_FRAGMENT
            ? ofSelection(selection.selectionSet)
            : ofFragment(selection.name.value);
      }
      sum = {
        depth: Math.max(sum.depth, one.depth),
        introspectionDepth: Math.max(sum.introspectionDepth, one.introspectionDepth),
        aliases: sum.aliases + one.aliases + again,
        directives: sum.directives + one.directives + (selection.directives?.length ?? 0),
      };
    }
    return sum;
  };

  const ofDefinition = (one: ExecutableDefinitionNode): Measure => {
    if (one.kind === Kind.OPERATION_DEFINITION) {
      const variables = (one.variableDefinitions ?? []).reduce(
        (sum, { directives = [] }) => sum + directives.length,
        0,
      );
      return plus(ofSelection(one.selectionSet), (one.directives?.length ?? 0) + variables);
    }
    // A fragment that nothing spreads has to be validated all the same; how deep it is depends on where it is spread.
    const known = fragments.get(one.name.value) === one;
    return { ...(known ? ofFragment(one.name.value) : ofSelection(one.selectionSet)), depth: 0 };
  };
  const all = document.definitions.filter(isExecutableDefinitionNode).map(ofDefinition);
  const largest = (name: keyof Measure): number => Math.max(0, ...all.map((one) => one[name]));
  return {
    depth: largest("depth"),
    introspectionDepth: largest("introspectionDepth"),
    aliases: largest("aliases"),
    directives: largest("directives"),
    isCyclic,
  };
}

function plus(measured: Measure, directives: number): Measure {
  return { ...measured, directives: measured.directives + directives };
}
