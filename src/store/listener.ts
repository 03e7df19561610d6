import type { Client } from "pg";

/** One connection that listens for all; it comes back by itself when the server was away. */
interface Listener {
  listen(channel: string, work: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const RETRY_MS = 500;
/** The payload that says: news may have been missed, so look yourself. */
const ANYTHING = "";

/** Makes no connection before somebody listens. */
export function openListener(connect: () => Client): Listener {
  const works = new Map<string, Set<(payload: string) => void>>();
  let client: Promise<Client> | undefined;
  let hasEnded = false;
  let wasLost = false;
  let retry: NodeJS.Timeout | undefined;

  const open = async (): Promise<Client> => {
    const fresh = connect();
    fresh.on("notification", ({ channel, payload }) => {
      for (const work of works.get(channel) ?? []) work(payload ?? "");
    });
    fresh.on("error", () => {});
    fresh.on("end", () => {
      client = undefined;
      wasLost = true;
      if (!hasEnded && works.size > 0) comeBack();
    });
    await fresh.connect();
    for (const channel of works.keys()) await fresh.query(`listen ${fresh.escapeIdentifier(channel)}`);
    // What was told while nobody listened is lost.
    if (wasLost) for (const set of works.values()) for (const work of set) work(ANYTHING);
    wasLost = false;
    return fresh;
  };
  const comeBack = (): void => {
    retry = setTimeout(() => {
      client = open();
      client.catch(() => {
        client = undefined;
        if (!hasEnded) comeBack();
      });
    }, RETRY_MS);
    retry.unref();
  };

  return {
    async listen(channel, work) {
      const known = works.get(channel);
      const set = known ?? new Set();
      set.add(work);
      works.set(channel, set);
      if (!client) client = open();
      else if (!known) await (await client).query(`listen "${channel}"`);
      await client;
      return async () => {
        set.delete(work);
      };
    },
    async close() {
      hasEnded = true;
      clearTimeout(retry);
      const open = await client?.catch(() => undefined);
      await open?.end();
    },
  };
}
