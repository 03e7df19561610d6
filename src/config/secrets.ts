import { formatPath, type Path, type Problem } from "../domain/problems.js";

/** A settings tree in which every `{"env": "NAME"}` has become the variable's value. */
export interface Resolved {
  readonly tree: unknown;
  /** One for each variable that is not set. */
  readonly problems: readonly Problem[];
  /** The values that came from the environment: never to be printed. */
  readonly secrets: ReadonlySet<string>;
}

/** Puts the environment's values where the settings name them. Objects with other keys beside `env` are left as they are. */
export function resolveSecrets(tree: unknown, env: Readonly<Record<string, string | undefined>>): Resolved {
  const problems: Problem[] = [];
  const secrets = new Set<string>();

  function resolve(node: unknown, path: Path): unknown {
    if (Array.isArray(node)) return node.map((item: unknown, index) => resolve(item, [...path, index]));
    if (typeof node !== "object" || node === null) return node;
    const name = variableName(node);
    if (name === undefined)
      return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, resolve(value, [...path, key])]));
    const value = env[name];
    if (value) {
      secrets.add(value);
      return value;
    }
    const message = `the environment variable ${name} is not set. Set it, or name another one.`;
    problems.push({ path, message });
    // Unlike any other and long enough, so that one missing variable is told of once and not again as a bad value.
    return `${name} is not set, for ${formatPath(path)} ${"-".repeat(24)}`;
  }

  return { tree: resolve(tree, []), problems, secrets };
}

function variableName(node: object): string | undefined {
  const [only, ...others] = Object.entries(node);
  return only?.[0] === "env" && others.length === 0 && typeof only[1] === "string" ? only[1] : undefined;
}
