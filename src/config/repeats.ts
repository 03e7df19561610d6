import { formatPath, type Path, type Problem } from "../domain/problems.js";
import { isRecord, listIn } from "./tree.js";

/** Names and keys that are there twice, and keys bound to connections that don't exist; works on settings that are not yet checked. */
export function findRepeats(tree: unknown): readonly Problem[] {
  const problems: Problem[] = [];
  const tenants = unique(problems, 'the id "%" is taken by ', "Give each tenant its own.");
  const keys = unique(problems, "this is the same key as ", "Give each client its own.");
  for (const [t, tenant] of listIn(tree, "tenants").entries()) {
    const at = ["tenants", t];
    tenants(field(tenant, "id"), [...at, "id"]);
    const ids = unique(problems, 'the id "%" is taken by ', "Give each connection of a tenant its own.");
    for (const [c, connection] of listIn(tenant, "connections").entries())
      ids(field(connection, "id"), [...at, "connections", c, "id"]);
    const names = unique(problems, 'the name "%" is taken by ', "Give each key of a tenant its own.");
    for (const [k, key] of listIn(tenant, "apiKeys").entries()) {
      names(field(key, "name"), [...at, "apiKeys", k, "name"]);
      keys(field(key, "key"), [...at, "apiKeys", k, "key"]);
      problems.push(...unknownConnections(tenant, key, [...at, "apiKeys", k]));
    }
  }
  return problems;
}

function unknownConnections(tenant: unknown, key: unknown, path: Path): readonly Problem[] {
  const known = listIn(tenant, "connections").map((connection) => field(connection, "id"));
  const wanted = `This tenant has: ${known.filter(Boolean).join(", ") || "none"}.`;
  const named: readonly (readonly [id: unknown, path: Path])[] = [
    ...listIn(key, "connections").map((id, index) => [id, [...path, "connections", index]] as const),
    [field(key, "defaultConnection"), [...path, "defaultConnection"]],
  ];
  return named.flatMap(([id, at]) =>
    typeof id !== "string" || known.includes(id)
      ? []
      : [{ path: at, message: `there is no connection "${id}". ${wanted}` }],
  );
}

function unique(problems: Problem[], complaint: string, advice: string) {
  const first = new Map<string, Path>();
  return (value: string | undefined, path: Path): void => {
    if (value === undefined) return;
    const earlier = first.get(value);
    if (!earlier) first.set(value, path);
    else problems.push({ path, message: `${complaint.replace("%", () => value)}${formatPath(earlier)}. ${advice}` });
  };
}

function field(parent: unknown, key: string): string | undefined {
  const value = isRecord(parent) ? parent[key] : undefined;
  return typeof value === "string" ? value : undefined;
}
