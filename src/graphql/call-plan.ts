import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { BATCH, VENDOR_CALLS, type Argument, type Fleet, type VendorCalls } from "./vendor-calls.js";

/** What an operation will ask of vendors, as far as its text tells; made once per text. */
export interface CallPlan {
  /** At most so many calls to vendors, retries aside. */
  estimate(variables: Readonly<Record<string, unknown>>, fleet: Fleet): number;
}

/** A field that costs something or has such fields below it. */
interface Step {
  readonly cost: VendorCalls;
  readonly argument: (variables: Readonly<Record<string, unknown>>) => Argument;
  readonly below: readonly Step[];
}

/** Plans an operation. Its depth and aliases must have been checked and no fragment may hold itself; it need not be valid: what the schema doesn't know costs nothing. */
export function planCalls(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): CallPlan {
  const fragments = new Map(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  const root = schema.getRootType(operation.operation);
  const steps = root ? stepsIn({ schema, fragments }, root, [operation.selectionSet]) : [];
  const defaults = defaultsOf(operation);
  return {
    estimate(variables, fleet) {
      const given = defaults.length === 0 ? variables : withDefaults(variables, defaults);
      return steps.reduce((sum, step) => sum + callsOf(step, given, fleet, 1, 1), 0);
    },
  };
}

/** `items` objects are asked, which arrived in `groups` separate answers. */
function callsOf(
  { cost, argument, below }: Step,
  variables: Readonly<Record<string, unknown>>,
  fleet: Fleet,
  items: number,
  groups: number,
): number {
  const value = argument(variables);
  const each = typeof cost.calls === "number" ? cost.calls : cost.calls(value, fleet);
  const size = typeof cost.items === "function" ? cost.items(value, fleet) : (cost.items ?? 1);
  const isBatch = cost.per === "batch";
  const times = isBatch ? Math.max(groups, Math.ceil((items * size) / BATCH)) : items;
  const answers = (each === 0 ? groups : times) * (cost.across ? Math.min(items * size, fleet.connections) : 1);
  return below.reduce((sum, step) => sum + callsOf(step, variables, fleet, items * size, answers), each * times);
}

interface Parts {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** Fields of one name are run as one, wherever in the selection they stand. */
function stepsIn(parts: Parts, parent: GraphQLCompositeType, sets: readonly SelectionSetNode[]): readonly Step[] {
  const found = new Map<string, { readonly type: GraphQLCompositeType; readonly nodes: FieldNode[] }>();
  const seen = new Set<string>();
  const collect = (type: GraphQLCompositeType, { selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = `${type.name} ${selection.alias?.value ?? selection.name.value}`;
        const same = found.get(key);
        if (same) same.nodes.push(selection);
        else found.set(key, { type, nodes: [selection] });
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        collect(named(parts, selection.typeCondition?.name.value) ?? type, selection.selectionSet);
      } else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        const fragment = parts.fragments.get(selection.name.value);
        if (fragment) collect(named(parts, fragment.typeCondition.name.value) ?? type, fragment.selectionSet);
      }
    }
  };
  for (const set of sets) collect(parent, set);
  return [...found.values()].flatMap(({ type, nodes }) => stepOf(parts, type, nodes) ?? []);
}

function stepOf(parts: Parts, type: GraphQLCompositeType, nodes: readonly FieldNode[]): Step | undefined {
  const [node] = nodes;
  const field = node && (isObjectType(type) || isInterfaceType(type)) && type.getFields()[node.name.value];
  if (!node || !field) return undefined;
  const cost = VENDOR_CALLS[`${type.name}.${field.name}`];
  const given = getNamedType(field.type);
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const below = isCompositeType(given) ? stepsIn(parts, given, sets) : [];
  if (!cost || (cost.calls === 0 && below.length === 0)) return undefined;
  return { cost, below, argument: (variables) => (name) => argumentOf(field, node, name, variables) };
}

function argumentOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  name: string,
  variables: Readonly<Record<string, unknown>>,
): unknown {
  const written = node.arguments?.find((argument) => argument.name.value === name);
  const value = written && valueFromASTUntyped(written.value, variables);
  return value === undefined ? field.args.find((argument) => argument.name === name)?.defaultValue : value;
}

function named({ schema }: Parts, name: string | undefined): GraphQLCompositeType | undefined {
  const type = name === undefined ? undefined : schema.getType(name);
  return isCompositeType(type) ? type : undefined;
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): readonly (readonly [string, unknown])[] {
  return variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
  );
}

function withDefaults(
  variables: Readonly<Record<string, unknown>>,
  defaults: readonly (readonly [string, unknown])[],
): Readonly<Record<string, unknown>> {
  const given = { ...variables };
  for (const [name, value] of defaults) if (given[name] === undefined) given[name] = value;
  return given;
}
