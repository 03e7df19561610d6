import type { Answer, Request } from "../../src/sandbox/answer.js";
import { isObject, type JsonObject } from "../../src/sandbox/json.js";
import type { Route } from "../../src/sandbox/router.js";
import { startSandbox, type Sandbox } from "../../src/sandbox/start.js";

const DESKS = ["front", "back", "side"].map((id) => ({ id, name: `The ${id} desk` }));
const KINDS = ["question", "complaint"].map((id) => ({ id, name: id }));
const PEOPLE = ["ann", "bob", "cyd"].map((id) => ({ id, name: id, mail: `${id}@acme.example` }));

interface PocketdeskSandbox extends Sandbox {
  readonly key: string;
  readonly tickets: { [field: string]: unknown }[];
}

/** Pocketdesk in small: what its documentation says, as a server. */
export async function startPocketdeskSandbox(): Promise<PocketdeskSandbox> {
  const key = "desk-key-0123456789";
  const tickets: PocketdeskSandbox["tickets"] = [];
  const refuse = (status: number, problem: string, field?: string): Answer => ({ status, body: { problem, field } });

  const create = ({ body }: Request, now: number): Answer => {
    const { desk, kind, title, text, owner } = isObject(body) ? body : ({} as JsonObject);
    if (!DESKS.some(({ id }) => id === desk)) return refuse(400, "There is no such desk.", "desk");
    if (!KINDS.some(({ id }) => id === kind)) return refuse(400, "There is no such kind.", "kind");
    if (typeof title !== "string" || title === "") return refuse(400, "A ticket has a title.", "title");
    const id = `t${tickets.length + 1}`;
    tickets.push({ id, desk, kind, title, text, owner, state: "new", made: new Date(now).toISOString() });
    return { status: 201, body: { id } };
  };
  const find = ({ query }: Request): Answer => {
    const ids = query.get("ids")?.split(",");
    const words = query.get("text")?.toLowerCase() ?? "";
    const found = tickets.filter(({ id, title }) =>
      ids ? ids.includes(String(id)) : String(title).toLowerCase().includes(words),
    );
    const [skip, take] = [Number(query.get("skip") ?? 0), Number(query.get("take") ?? 100)];
    return { status: 200, body: { tickets: found.slice(skip, skip + take), total: found.length } };
  };

  const sandbox = await startSandbox<Route>({}, (_url, { now }) => {
    const route = (name: string, method: string, answer: Route["answer"]): Route => ({
      name: `${method} ${name}`,
      method,
      path: `/api/${name}`,
      answer,
    });
    return {
      routes: [
        route("desks", "GET", () => ({ status: 200, body: DESKS })),
        route("kinds", "GET", () => ({ status: 200, body: KINDS })),
        route("people", "GET", () => ({ status: 200, body: PEOPLE })),
        route("tickets", "GET", find),
        route("tickets", "POST", (request) => create(request, now())),
      ],
      jsonType: "application/json",
      locate: (path) => ({ prefix: "", path }),
      guard: ({ headers }) => (headers["x-desk-key"] === key ? undefined : refuse(401, "Who are you?")),
      noRoute: () => refuse(404, "There is nothing here."),
      badBody: () => refuse(400, "This is no JSON."),
      unauthorized: () => refuse(401, "Who are you?"),
      controls: {
        state: () => ({ tickets }),
        configure: (settings) => Object.keys(settings).map((name) => `There is no setting ${name}.`)[0],
        reset: () => void (tickets.length = 0),
      },
    };
  });
  return { ...sandbox, key, tickets };
}
