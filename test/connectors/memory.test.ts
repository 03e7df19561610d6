import { describe, expect, it } from "@jest/globals";
import { judged } from "../../src/connectors/judged.js";
import { openMemory, type Memory } from "../../src/connectors/memory.js";
import { wrong } from "../../src/connectors/wrong.js";
import { VendorError } from "../../src/domain/errors.js";

/** A memory of what a vendor says, which is a number that grows with each question. */
function opened() {
  let [now, asked] = [0, 0];
  const memory = openMemory({ ttlMs: 100, max: 10, clock: { now: () => now } });
  const befores: unknown[] = [];
  const ask = (of: Memory = memory): Promise<number> =>
    of("it", async (before?: number) => {
      befores.push(before);
      return (asked += 1);
    });
  return { memory, ask, befores, asked: () => asked, pass: (ms: number) => (now += ms) };
}

describe("a memory", () => {
  it("asks once in its time, and shows the last answer to whoever asks again", async () => {
    const { ask, befores, pass } = opened();
    expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
    pass(99);
    expect(await ask()).toBe(1);
    pass(1);
    expect(await ask()).toBe(2);
    expect(befores).toEqual([undefined, 1]);
  });

  it("forgets a failure", async () => {
    const { memory } = opened();
    await expect(memory("it", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await memory("it", async () => "yes")).toBe("yes");
  });

  it("as of now counts only what was asked for since, for all who ask so at a time", async () => {
    const { memory, ask } = opened();
    await ask();
    const views = [memory.asOfNow(), memory.asOfNow()];
    expect(await Promise.all(views.map((view) => ask(view)))).toEqual([2, 2]);
    expect(await ask()).toBe(2);
    expect(await ask(memory.asOfNow())).toBe(3);
  });
});

describe("a judgement", () => {
  interface Told {
    told(): Promise<number>;
    asOfNow(): Told;
  }
  const over = (memory: Memory, ask: (of: Memory) => Promise<number>): Told => ({
    told: () => ask(memory),
    asOfNow: () => over(memory.asOfNow(), ask),
  });
  const atLeast = (least: number) => async (known: Told) => {
    const told = await known.told();
    if (told < least) throw wrong(["it"], `${told} is too old.`);
    return told;
  };

  it("refuses by what the vendor says now, and asks only once more, whoever is refused", async () => {
    const { memory, ask, asked } = opened();
    await ask();
    const known = over(memory, ask);
    expect(await Promise.all([judged(known, atLeast(2)), judged(known, atLeast(2))])).toEqual([2, 2]);
    expect(asked()).toBe(2);
    await expect(judged(known, atLeast(9))).rejects.toThrow("3 is too old.");
    expect(asked()).toBe(3);
  });

  it("asks nothing again where what refused was asked for just then", async () => {
    const { memory, ask, asked } = opened();
    await expect(judged(over(memory, ask), atLeast(9))).rejects.toThrow("1 is too old.");
    expect(asked()).toBe(1);
  });

  it("leaves the vendor's own refusals alone", async () => {
    const { memory, ask } = opened();
    let judgements = 0;
    const refusal = new VendorError({ code: "INVALID", message: "No." }, "no", { status: 400 });
    const judge = () => Promise.reject(((judgements += 1), refusal));
    await expect(judged(over(memory, ask), judge)).rejects.toBe(refusal);
    expect(judgements).toBe(1);
  });
});
