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
  atRate(query: string, perSecond: number, ms: number): Promise<Float64Array>;
  close(): Promise<void>;
}

/** Opens one. What isn't answered with 200 throws. */
export function openAsker(url: string, connections = CONNECTIONS): Asker {
  const { origin, pathname: path } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const headers = { "content-type": "application/json", "x-api-key": KEY };
  const request = (body: string) => ({ method: "POST", path, headers, body }) as const;
  /** Asks by undici's own hooks and keeps nothing: whoever asks may not be late himself for collecting garbage. */
  const pass = (body: string, answered: () => void, failed: (error: Error) => void): void => {
    pool.dispatch(request(body), {
      onRequestStart() {},
      onResponseData() {},
      onResponseStart(controller, status) {
        if (status !== 200) controller.abort(new Error(`Answered ${status}.`));
      },
      onResponseEnd: answered,
      onResponseError: (_controller, error) => failed(error),
    });
  };
  return {
    async ask<T>(query: string, variables: object = {}) {
      const { statusCode, body } = await pool.request(request(JSON.stringify({ query, variables })));
      if (statusCode !== 200) throw new Error(`Answered ${statusCode}: ${await body.text()}`);
      const { data, errors } = (await body.json()) as { data: T; errors?: unknown };
      if (errors) throw new Error(JSON.stringify(errors));
      return data;
    },
    async asFastAsCan(query, ms) {
      const body = JSON.stringify({ query });
      const began = performance.now();
      let answers = 0;
      const one = () =>
        new Promise<void>((resolve, reject) => {
          const answered = (): void => {
            answers += 1;
            if (performance.now() - began < ms) pass(body, answered, reject);
            else resolve();
          };
          pass(body, answered, reject);
        });
      await Promise.all(Array.from({ length: connections }, one));
      return { answers, perSecond: (answers * 1_000) / (performance.now() - began) };
    },
    atRate(query, perSecond, ms) {
      const body = JSON.stringify({ query });
      const late = new Float64Array(Math.floor((perSecond * ms) / 1_000));
      const due = (index: number): number => (index * 1_000) / perSecond;
      return new Promise((resolve, reject) => {
        const began = performance.now();
        let asked = 0;
        let answered = 0;
        const ask = (index: number): void => {
          const done = (): void => {
            late[index] = performance.now() - began - due(index);
            if ((answered += 1) === late.length) resolve(late);
          };
          pass(body, done, reject);
        };
        // All that are due by now: what is asked late is late by the clock, and not by what was possible.
        const tick = (): void => {
          while (asked < late.length && due(asked) <= performance.now() - began) ask(asked++);
          if (asked < late.length) setTimeout(tick, 1);
        };
        tick();
      });
    },
    close: () => pool.destroy(),
  };
}
