import type { Answer, Request } from "./answer.js";

/** One operation of a vendor: its name, where it is, and what it answers. */
export interface Route {
  /** The vendor's own name of the operation. */
  readonly name: string;
  readonly method: string;
  /** With `{open}` segments. */
  readonly path: string;
  answer(request: Request): Answer;
  /** Takes a form with a file, however long. */
  readonly takesFile?: true;
}

/** What a method and a path lead to. */
interface Found<R extends Route> {
  /** Undefined where they lead nowhere. */
  readonly route?: R;
  /** The open parts of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** The methods that the path takes. */
  readonly allowed: readonly string[];
}

/** Finds routes by method and path; a route with fewer open segments goes before one with more. */
export function openRouter<R extends Route>(routes: readonly R[]): (method: string, path: string) => Found<R> {
  const parts = (path: string): string[] => path.split("/");
  const open = (path: string): number => parts(path).filter((part) => part.startsWith("{")).length;
  const table = routes
    .map((route) => ({ route, parts: parts(route.path) }))
    .sort((a, b) => open(a.route.path) - open(b.route.path));
  return (method, path) => {
    const wanted = parts(path);
    const fitting = table.filter((entry) => fits(entry.parts, wanted));
    const entry = fitting.find(({ route }) => route.method === method);
    const allowed = [...new Set(fitting.map(({ route }) => route.method))];
    if (!entry) return { params: {}, allowed };
    const params = entry.parts.flatMap((part, index) =>
      part.startsWith("{") ? [[part.slice(1, -1), decoded(wanted[index] ?? "")]] : [],
    );
    return { route: entry.route, params: Object.fromEntries(params) as Record<string, string>, allowed };
  };
}

function fits(parts: readonly string[], wanted: readonly string[]): boolean {
  return (
    parts.length === wanted.length &&
    parts.every((part, index) => (part.startsWith("{") ? wanted[index] !== "" : part === wanted[index]))
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
