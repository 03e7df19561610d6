import { z } from "zod";
import type { Call, Http } from "../../http/http.js";
import { chunks } from "../batch.js";
import { creatable, readable, type Access } from "../access.js";
import type { Catalog } from "./catalog.js";
import { read } from "./reads.js";

/** So many queues are looked at at once, and so many in all. */
const AT_ONCE = 2;
const LOOKED_AT = 20;
const ENOUGH = 4;

/** A queue's own links say whether the account may create in it: https://docs.bestpractical.com/rt/5.0.3/RT/REST2.html */
const Links = z.looseObject({ _hyperlinks: z.array(z.looseObject({ ref: z.string(), type: z.string().nullish() })) });

/** Which queues the account sees, and which of them let it create. Throws VendorError. */
export async function checkAccess(http: Http, catalog: Catalog, call: Call): Promise<Access> {
  const queues = await catalog.queues(call);
  const open: string[] = [];
  for (const some of chunks(queues.slice(0, LOOKED_AT), AT_ONCE)) {
    const links = await Promise.all(
      some.map(({ id }) => {
        const parse = (body: unknown) => Links.parse(body);
        return read(http, { operation: "queue.get", method: "GET", path: ["queue", id], parse }, call);
      }),
    );
    links.forEach(({ _hyperlinks }, n) => {
      const mayCreate = _hyperlinks.some(({ ref, type }) => ref === "create" && type === "ticket");
      if (mayCreate) open.push(some[n]?.Name ?? "");
    });
    if (open.length >= ENOUGH) break;
  }
  const create =
    open.length === 0 && queues.length > LOOKED_AT
      ? {
          granted: null,
          message: `It may create tickets in none of the first ${LOOKED_AT} queues; the others were not looked at.`,
        }
      : creatable("Request Tracker", open, "the right CreateTicket", "queue");
  const names = queues.map(({ Name }) => Name ?? "");
  return { account: null, read: readable("Request Tracker", names, "queue"), create };
}
