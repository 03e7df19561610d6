import type { Call, Http } from "../../http/http.js";
import type { Renewable } from "../judged.js";
import { openMemory, type Memory } from "../memory.js";
import { PAGE_MAX, read } from "./reads.js";
import { collection, WireCustomField, WireQueue } from "./wire.js";

const TTL_MS = 60_000;

/** What administrators decide, briefly remembered and asked for once by all who need it. */
export interface Catalog extends Renewable<Catalog> {
  /** Every queue that the account may see and that isn't disabled. */
  queues(call: Call): Promise<readonly WireQueue[]>;
  /** The ticket custom fields of a queue, with the values that they offer for those that are `needed`: each costs a call. */
  customFields(
    queueId: string,
    needed: (field: WireCustomField) => boolean,
    call: Call,
  ): Promise<readonly WireCustomField[]>;
}

/** Keeps each answer for a minute. All throw VendorError. */
export function openCatalog(http: Http, once: Memory = openMemory({ ttlMs: TTL_MS, max: 1_000 })): Catalog {
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
  // Lists leave a field's values out, so they are read with the field itself. Its ETag doesn't help: it stays what it was when
  // values are added or taken away (tried on 5.0.3), and 304 would hide them.
  const withValues = (field: WireCustomField, call: Call): Promise<WireCustomField> =>
    once(`field ${field.id}`, () => {
      const parse = (body: unknown) => WireCustomField.parse(body);
      return read(http, { operation: "customfield.get", method: "GET", path: ["customfield", field.id], parse }, call);
    }).then(({ Values }) => ({ ...field, Values }));
  return {
    asOfNow: () => openCatalog(http, once.asOfNow()),
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
    async customFields(queueId, needed, call) {
      const fields = await once(`fields ${queueId}`, () =>
        all(
          "queue.customfields",
          ["queue", queueId, "customfields"],
          "Name,Type,MaxValues,Pattern",
          WireCustomField,
          call,
        ),
      );
      return Promise.all(
        fields.map((field) =>
          field.Type === "Select" && needed(field) ? withValues(field, call) : Promise.resolve(field),
        ),
      );
    },
  };
}
