import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

/** A request as a sandbox records it. */
export interface DescribedCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** What the vendor's own OpenAPI description says of a call. */
export interface ApiDescription {
  /** What the description has against a request; empty when nothing. */
  check(call: DescribedCall): string[];
  /** What it has against the answer to one. */
  checkAnswer(call: DescribedCall, status: number, body: unknown): string[];
}

type Json = Readonly<Record<string, unknown>>;
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Json;
}
interface Described {
  readonly content?: Readonly<Record<string, { readonly schema?: Json }>>;
  readonly required?: boolean;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Described;
  readonly responses: Readonly<Record<string, Described>>;
}
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Json;
}

/** Reads a description. `prefix` is what the calls have before the paths that it names. */
export function describeApi(description: Description, prefix: RegExp): ApiDescription {
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, coerceTypes: false });
  addFormats.default(ajv);
  // Some vendors write times with an offset like +0000, which RFC 3339 doesn't allow.
  ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/);
  ajv.addSchema({ components: description.components }, "api");
  const compiled = new Map<Json, ValidateFunction>();
  const violations = (schema: Json, value: unknown, where: string): string[] => {
    const validate = compiled.get(schema) ?? ajv.compile(rebased(schema) as Json);
    compiled.set(schema, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const extra = typeof params.additionalProperty === "string" ? ` (${params.additionalProperty})` : "";
      return `${where}${instancePath} ${message ?? "is wrong"}${extra}`;
    });
  };
  const routes = Object.entries(description.paths).map(([path, methods]) => ({ parts: path.split("/"), methods }));
  const find = ({ method, path }: DescribedCall): Operation | undefined => {
    const parts = path.replace(prefix, "").split("/");
    const open = (route: readonly string[]): number => route.filter((part) => part.startsWith("{")).length;
    return routes
      .filter((route) => route.parts.length === parts.length)
      .filter((route) => route.parts.every((part, index) => part.startsWith("{") || part === parts[index]))
      .sort((a, b) => open(a.parts) - open(b.parts))
      .map((route) => route.methods[method.toLowerCase()])
      .find((operation) => operation !== undefined);
  };

  const queryViolations = (operation: Operation, query: URLSearchParams): string[] => {
    const known = (operation.parameters ?? []).filter((parameter) => parameter.in === "query");
    const names = new Set(known.map(({ name }) => name));
    const unknown = [...new Set(query.keys())].filter((name) => !names.has(name));
    const wrong = known.flatMap(({ name, required, schema }) => {
      const values = query.getAll(name);
      if (values.length === 0) return required ? [`query.${name} is required`] : [];
      if (schema.type === "array") {
        const items = values.map((value) => readText(value, (schema.items ?? {}) as Json));
        return violations(schema, items, `query.${name}`);
      }
      if (values.length > 1) return [`query.${name} must be given once`];
      return violations(schema, readText(values[0] ?? "", schema), `query.${name}`);
    });
    return [...unknown.map((name) => `query.${name} is not a parameter that the vendor describes`), ...wrong];
  };

  return {
    check(call) {
      const operation = find(call);
      if (!operation) return [`${call.method} ${call.path} is not an operation that the vendor describes`];
      const described = operation.requestBody;
      const schema = described?.content?.["application/json"]?.schema;
      const inBody =
        call.body === undefined
          ? described?.required
            ? ["body is required"]
            : []
          : schema
            ? violations(schema, call.body, "body")
            : ["body is not described"];
      return [...queryViolations(operation, call.query), ...inBody];
    },
    checkAnswer(call, status, body) {
      const operation = find(call);
      if (!operation) return [`${call.method} ${call.path} is not an operation that the vendor describes`];
      const described = operation.responses[String(status)];
      if (!described) return [`status ${status} is not described for ${call.method} ${call.path}`];
      const schema = described.content?.["application/json"]?.schema;
      return schema && body !== undefined ? violations(schema, body, "answer") : [];
    },
  };
}

/** A schema whose references lead into the whole description. */
function rebased(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(rebased);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) =>
      key === "$ref" && typeof value === "string" ? [key, `api${value}`] : [key, rebased(value)],
    ),
  );
}

/** A query's text as the type that its schema wants; as it is where it can't be read so. */
function readText(text: string, { type }: Json): unknown {
  if ((type === "integer" || type === "number") && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (type === "boolean" && /^(true|false)$/.test(text)) return text === "true";
  return text;
}
