import type { Call, Http } from "../../http/http.js";
import { openMemory } from "../memory.js";
import { PAGE_MAX, read } from "./reads.js";
import { collection, WireCustomField, WireQueue } from "./wire.js";

const TTL_MS = 60_000;

/** What administrators decide, briefly remembered and asked for once by all who need it. */
export interface Catalog {
  /** Every queue that the account may see and that isn't disabled. */
  queues(call: Call): Promise<readonly WireQueue[]>;
  /** The ticket custom fields of a queue. */
  customFields(queueId: string, call: Call): Promise<readonly WireCustomField[]>;
}

export function openCatalog(http: Http): Catalog {
  const once = openMemory({ ttlMs: TTL_MS, max: 1_000 });
  const all = async <T>(
    operation: string,
    path: readonly string[],
    fields: string,
    item: Parameters<typeof collection<T>>[0],
    call: Call,
  ): Promise<readonly T[]> => {
    const things: T[] = [];
    for (let page = 1; ; page += 1) {
      const query = { fields, per_page: PAGE_MAX, page };
      const parse = (body: unknown) => collection(item).parse(body);
      const found = await read(http, { operation, method: "GET", path, query, parse }, call);
      things.push(...found.items);
      if (found.items.length === 0 || page >= found.pages) return things;
    }
  };
  return {
    queues: (call) =>
      once("queues", async () => {
        const queues = await all(
          "queues.all",
          ["queues", "all"],
          "Name,Description,Lifecycle,Disabled",
          WireQueue,
          call,
        );
        return queues.filter(({ Disabled }) => !Disabled || Disabled === "0");
      }),
    customFields: (queueId, call) =>
      once(`fields ${queueId}`, () =>
        all(
          "queue.customfields",
          ["queue", queueId, "customfields"],
          "Name,Type,MaxValues,Values",
          WireCustomField,
          call,
        ),
      ),
  };
}
