import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { chunks, inOrder, oneEach } from "../../src/connectors/batch.js";
import { createEach } from "../../src/connectors/create-each.js";
import { joined } from "../../src/connectors/joined.js";
import { remembered } from "../../src/connectors/memory.js";
import { VendorError } from "../../src/domain/errors.js";
import type { TicketRef } from "../../src/domain/ticket.js";
import { newDraft } from "../support/gateway.js";
import type { Outcome } from "../../src/connectors/connector.js";

describe("inOrder", () => {
  it("puts any set of answers, in any order, into the order that was asked for", () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9_]{1,8}$/), { maxLength: 40 });
    fc.assert(
      fc.property(ids, fc.infiniteStream(fc.boolean()), fc.integer(), (asked, present, seed) => {
        const found = asked.filter(() => present.next().value).map((vendorId) => ({ vendorId }));
        const shuffled = [...found].sort((a, b) => (a.vendorId + seed < b.vendorId + seed ? 1 : -1));
        const known = new Set(found.map(({ vendorId }) => vendorId));
        expect(inOrder(asked, shuffled).map((thing) => thing?.vendorId ?? null)).toEqual(
          asked.map((id) => (known.has(id) ? id : null)),
        );
      }),
    );
  });

  it("matches keys too, and an id before a key", () => {
    const found = [
      { vendorId: "10", key: "P-1" },
      { vendorId: "P-2", key: "10" },
    ];
    expect(inOrder(["P-1", "10", "P-2"], found).map((thing) => thing?.vendorId)).toEqual(["10", "10", "P-2"]);
  });
});

describe("oneEach", () => {
  it("throws when outcomes are missing", () => {
    expect(() => oneEach([1, 2], ["a"])).toThrow("A connector gave 1 outcomes for 2 drafts: it must give one each.");
  });
});

describe("chunks", () => {
  it("keeps all and none larger than asked", () => {
    expect(chunks([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(chunks([], 2)).toEqual([]);
  });
});

describe("joined calls", () => {
  it("become calls of at most the size, the right answer to each", async () => {
    const sizes: number[] = [];
    const double = joined<number, number>(
      (items) => {
        sizes.push(items.length);
        return Promise.resolve(items.map((n) => n * 2));
      },
      { size: 50, windowMs: 1 },
    );
    const answers = await Promise.all(Array.from({ length: 120 }, (_, n) => double(n)));
    expect(answers).toEqual(Array.from({ length: 120 }, (_, n) => n * 2));
    expect(sizes).toEqual([50, 50, 20]);
  });

  it("gather while all slots are busy, and never use more", async () => {
    let underWay = 0;
    let most = 0;
    const sizes: number[] = [];
    let letGo = (): void => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const ask = joined<number, number>(
      async (items) => {
        sizes.push(items.length);
        most = Math.max(most, (underWay += 1));
        // As slow as it takes until all have asked, on any machine.
        await held;
        underWay -= 1;
        return items;
      },
      { size: 50, windowMs: 0, slots: 2 },
    );
    const all: Promise<number>[] = [];
    for (let n = 0; n < 60; n += 1) {
      all.push(ask(n));
      if (n % 6 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    letGo();
    expect(await Promise.all(all)).toEqual(Array.from({ length: 60 }, (_, n) => n));
    expect(most).toBe(2);
    expect(sizes.length).toBeLessThanOrEqual(4);
  });

  it("are fuller while another is under way, and wait for none that is full", async () => {
    const sizes: number[] = [];
    const ask = joined<number, number>(
      async (items) => {
        sizes.push(items.length);
        await new Promise((resolve) => setTimeout(resolve, 30));
        return items;
      },
      { size: 10, windowMs: 0, busyWindowMs: 10_000, slots: 5 },
    );
    const first = ask(0);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const rest = Array.from({ length: 13 }, (_, n) => ask(n + 1));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(sizes).toEqual([1, 10]);
    // The last three go as soon as nothing is under way any more, long before their wait is over.
    expect(await Promise.all([first, ...rest])).toHaveLength(14);
    expect(sizes).toEqual([1, 10, 3]);
  });

  it("go on after a failure", async () => {
    let times = 0;
    const ask = joined<number, number>(
      (items) => ((times += 1) === 1 ? Promise.reject(new Error("down")) : Promise.resolve(items)),
      { size: 2, windowMs: 0, slots: 1 },
    );
    const answers = await Promise.allSettled([ask(1), ask(2), ask(3)]);
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
  });
});

describe("remembered answers", () => {
  it("are shared by all who ask, and failures are forgotten", async () => {
    let times = 0;
    const ask = remembered((id) => ((times += 1) === 1 ? Promise.reject(new Error("down")) : Promise.resolve(id)), {
      ttlMs: 10_000,
      max: 10,
    });
    const failed = await Promise.allSettled([ask("a"), ask("a")]);
    expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await Promise.all([ask("a"), ask("a"), ask("a")])).toEqual(["a", "a", "a"]);
    expect(times).toBe(2);
  });
});

describe("creates that were joined", () => {
  const done = (name: string): Outcome<TicketRef> => ({
    state: "done",
    value: { vendorId: name, key: null, url: null },
  });
  const told = (outcome: Outcome<TicketRef>): string =>
    outcome.state === "done" ? outcome.value.vendorId : `${outcome.state} ${outcome.error.code}`;

  it("never fail a stranger's ticket with one caller's bad one", async () => {
    const calls: string[][] = [];
    const outcomes = await createEach((drafts) => {
      const names = drafts.map(({ name }) => name);
      calls.push(names);
      if (names.includes("bad")) throw new VendorError({ code: "INVALID", message: "No." }, "no", { status: 400 });
      return Promise.resolve(names.map(done));
    }, ["a", "bad", "c"].map(newDraft));
    expect(outcomes.map(told)).toEqual(["a", "rejected INVALID", "c"]);
    expect(calls).toEqual([["a", "bad", "c"], ["a"], ["bad"], ["c"]]);
  });

  it.each([
    ["are never sent again where the vendor may have made them", "UNAVAILABLE", "maybe", "unknown"],
    ["aren't tried one by one where the refusal holds for all", "AUTH", "no", "rejected"],
  ] as const)("%s", async (_what, code, sent, state) => {
    let calls = 0;
    const refuse = (): never => {
      calls += 1;
      throw new VendorError({ code, message: "No." }, sent);
    };
    const outcomes = await createEach(refuse, ["a", "b"].map(newDraft));
    expect(outcomes.map(told)).toEqual([`${state} ${code}`, `${state} ${code}`]);
    expect(calls).toBe(1);
  });
});
