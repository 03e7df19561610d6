import { Pool } from "undici";

export const KEY = "bench_key_0123456789abcdefghij";
/** As many sockets as ask at once. */
export const CONNECTIONS = 32;

/** Who asks one address; each socket waits for its answer before it asks again. */
export interface Asker {
  /** Asks once; gives `data`. Throws where there are errors. */
  ask<T>(query: string, variables?: object): Promise<T>;
  /** Asks the same as fast as the sockets can for so long. */
  asFastAsCan(query: string, ms: number): Promise<{ readonly answers: number; readonly perSecond: number }>;
  /** Asks the same at a fixed rate for so long, however late the answers are; gives the milliseconds from when each was to be asked. */
  atRate(query: string, perSecond: number, ms: number): Promise<number[]>;
  close(): Promise<void>;
}

/** Opens one. What isn't answered with 200 throws. */
export function openAsker(url: string, connections = CONNECTIONS): Asker {
  const { origin, pathname: path } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const headers = { "content-type": "application/json", "x-api-key": KEY };
  const post = async (body: string) => {
    const answer = await pool.request({ method: "POST", path, headers, body });
    if (answer.statusCode !== 200) throw new Error(`Answered ${answer.statusCode}: ${await answer.body.text()}`);
    return answer.body;
  };
  return {
    async ask<T>(query: string, variables: object = {}) {
      const { data, errors } = (await (await post(JSON.stringify({ query, variables }))).json()) as {
        data: T;
        errors?: unknown;
      };
      if (errors) throw new Error(JSON.stringify(errors));
      return data;
    },
    async asFastAsCan(query, ms) {
      const body = JSON.stringify({ query });
      const began = performance.now();
      let answers = 0;
      const one = async (): Promise<void> => {
        while (performance.now() - began < ms) {
          await (await post(body)).dump();
          answers += 1;
        }
      };
      await Promise.all(Array.from({ length: connections }, one));
      return { answers, perSecond: (answers * 1_000) / (performance.now() - began) };
    },
    async atRate(query, perSecond, ms) {
      const body = JSON.stringify({ query });
      const began = performance.now();
      const late: number[] = [];
      const one = async (due: number): Promise<void> => {
        await (await post(body)).dump();
        late.push(performance.now() - began - due);
      };
      const under: Promise<void>[] = [];
      const count = Math.floor((perSecond * ms) / 1_000);
      while (under.length < count) {
        // All that are due by now: what is asked late is late by the clock, and not by what was possible.
        for (let due; under.length < count && (due = (under.length * 1_000) / perSecond) <= performance.now() - began;)
          under.push(one(due));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      await Promise.all(under);
      return late;
    },
    close: () => pool.destroy(),
  };
}
