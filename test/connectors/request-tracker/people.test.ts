import { describe, expect, it } from "@jest/globals";
import { openFake, page, recorded, type Wire } from "./support.js";

const { pages, _source } = recorded<{ readonly pages: readonly { readonly body: Wire }[] }>("users");
const usersByPage = ({ url }: { readonly url: string }) =>
  pages[Number(new URL(url, "http://rt").searchParams.get("page")) - 1]?.body;

describe("the people and queues of Request Tracker", () => {
  it("come page by page, without the users that the server made for itself", async () => {
    expect(_source).toContain("Request Tracker 5.0.3");
    const { rt, seen } = await openFake({ "POST /users": usersByPage });
    const first = await rt.listAssignableUsers("3", undefined, { first: 5 });
    const second = await rt.listAssignableUsers("3", undefined, { first: 5, after: first.next ?? "" });
    expect(first.items.map(({ vendorId }) => vendorId)).toEqual(["ada", "grace", "linus", "new.person@else.test"]);
    expect(first.items[0]).toEqual({
      vendorId: "ada",
      name: "Ada",
      email: "ada@rt.test",
      active: true,
      avatarUrl: null,
    });
    expect(second.items.map(({ vendorId }) => vendorId)).toContain("root");
    expect(second.next).toBeUndefined();
    expect(seen.map(({ url }) => new URL(url, "http://rt").searchParams.get("page"))).toEqual(["1", "2"]);
  });

  it("keep the size of the first page from page to page, whatever is asked for later", async () => {
    const { rt, seen } = await openFake({ "POST /users": usersByPage });
    const { next = "" } = await rt.listAssignableUsers("3", undefined, { first: 5 });
    await rt.listAssignableUsers("3", undefined, { first: 50, after: next });
    expect(seen.map(({ url }) => new URL(url, "http://rt").searchParams.get("per_page"))).toEqual(["5", "5"]);
  });

  it("are found by a part of their user name, which stays a value", async () => {
    const { rt, seen } = await openFake({ "POST /users": () => page([]) });
    const text = `x' OR "1"="1`;
    expect((await rt.listAssignableUsers("3", text, { first: 5 })).items).toEqual([]);
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual([{ field: "Name", operator: "LIKE", value: text }]);
  });

  it("are known by all pages of queues, asked for once", async () => {
    const queue = (n: number) => ({ Name: `Queue ${n}`, Disabled: "0", type: "queue", id: String(n) });
    const { rt, paths } = await openFake({
      "GET /queues/all": ({ url }) => {
        const at = Number(new URL(url, "http://rt").searchParams.get("page"));
        return page([queue(at * 2 - 1), queue(at * 2)], at, 3);
      },
    });
    const list = await rt.listProjects(undefined, { first: 4 });
    expect(list).toMatchObject({ total: 6, next: "4" });
    const rest = await rt.listProjects(undefined, { first: 4, after: "4" });
    expect([...list.items, ...rest.items].map(({ vendorId }) => vendorId)).toEqual(["1", "2", "3", "4", "5", "6"]);
    expect(rest.next).toBeUndefined();
    expect(paths()).toHaveLength(3);
  });

  it.each(["../../x", "%2e%2e", "1\r\nX: y", "", ".", "..", "a/b", "a?b", "'", "x".repeat(200)])(
    "are never asked for by what can't be a name: %j",
    async (id) => {
      const { rt, seen } = await openFake();
      expect(await Promise.all([rt.ticket(id), rt.project(id), rt.user(id)])).toEqual([null, null, null]);
      expect(seen).toEqual([]);
    },
  );
});
