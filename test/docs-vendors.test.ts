import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import { format } from "prettier";
import { withVendorsTable } from "../schema/vendors-table.js";
import { VENDORS } from "../src/connectors/registry.js";
import type { Call } from "../src/sandbox/calls.js";
import { startVendorsApp, type VendorsApp } from "./support/vendors-app.js";

const folder = new URL("../docs/vendors/", import.meta.url);
const pageOf = (name: string): string => readFileSync(new URL(`${name}.md`, folder), "utf8");
const SANDBOXED = ["leen", "rezolve", "stackone"] as const;

/** An operation that a page shows, and the vendor's own curl example that it is the twin of. */
interface Twin {
  readonly vendor: (typeof SANDBOXED)[number];
  readonly curl: string | undefined;
  readonly operation: string;
}

function twinsOf(vendor: Twin["vendor"]): Twin[] {
  const twins: Twin[] = [];
  let curl: string | undefined;
  for (const [, language, text = ""] of pageOf(vendor).matchAll(/```(sh|graphql)\n([\s\S]*?)```/g)) {
    if (language === "sh") curl = text;
    else {
      twins.push({ vendor, curl, operation: text });
      curl = undefined;
    }
  }
  return twins;
}

/** What a curl example sends. */
function requestOf(curl: string) {
  const [, method = "GET"] = /--request (\w+)/.exec(curl) ?? [];
  const [, address = ""] = /--url '?([^\s']+)'?/.exec(curl) ?? [];
  const url = new URL(address.replace("{{base_url}}", "https://api.rezolve.ai"));
  const [, data] = /--data '([\s\S]*?)'\n/.exec(curl) ?? [];
  const body = data === undefined ? undefined : (JSON.parse(data) as Record<string, unknown>);
  const own = new Set(["accept", "content-type", "issupportrequest"]);
  const headers = [...curl.matchAll(/--header '([\w-]+): ([^']*)'/g)].map(([, name = "", value = ""]) => [
    name.toLowerCase(),
    value,
  ]);
  return {
    method,
    url,
    body,
    names: headers.map(([name]) => name),
    headers: headers.filter(([name = ""]) => own.has(name)),
  };
}

/** The marker of a delivery is ours to add. */
function comparable(body: unknown): unknown {
  const { tags, tickets, ...rest } = body as {
    readonly tags?: readonly string[];
    readonly tickets?: readonly object[];
  };
  // In which order tickets that are sent together stand in a call is nobody's business: results come in request order.
  if (tickets)
    return { ...rest, tickets: [...tickets].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) };
  return tags ? { ...rest, tags: tags.filter((tag) => !tag.startsWith("gw-")) } : body;
}

const twins = SANDBOXED.flatMap(twinsOf);

describe("the vendors' pages", () => {
  let test: VendorsApp;
  beforeAll(async () => {
    test = await startVendorsApp();
  });
  afterAll(() => test.close());

  it("show a twin of every example that the vendors themselves give", () => {
    const count = (name: string) => twins.filter(({ vendor, curl }) => vendor === name && curl !== undefined).length;
    expect(SANDBOXED.map(count)).toEqual([5, 1, 1]);
  });

  it.each(twins)("$vendor: $operation", async ({ vendor, curl, operation }) => {
    const before = test[vendor].calls.length;
    const { data, errors } = await test.query(operation, {}, { "x-connection-id": `demo-${vendor}` });
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).not.toMatch(/"errors":\[\{|"nodes":\[\]/);
    if (curl === undefined) return;
    const { method, url, body, headers, names } = requestOf(curl);
    const sent = test[vendor].calls.slice(before) as readonly Call[];
    const same = sent.find((call) => call.method === method && call.path === url.pathname);
    if (!same)
      throw new Error(
        `No call was ${method} ${url.pathname}, but: ${sent.map((call) => `${call.method} ${call.path}`).join(", ")}.`,
      );
    expect(Object.fromEntries(same.query)).toMatchObject(Object.fromEntries(url.searchParams));
    expect(comparable(same.body ?? {})).toEqual(comparable(body ?? {}));
    expect(Object.keys(same.headers)).toEqual(expect.arrayContaining(names));
    expect(same.headers).toMatchObject(Object.fromEntries(headers) as Record<string, string>);
  });

  it("have the table of what each vendor can do (npm run schema writes it)", async () => {
    const page = pageOf("README");
    expect(page).toBe(await format(withVendorsTable(page), { parser: "markdown", printWidth: 120 }));
    for (const { name, title } of VENDORS) {
      expect(page).toContain(title);
      expect(pageOf(name).startsWith(`# ${title}`)).toBe(true);
    }
  });
});
