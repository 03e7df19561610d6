import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { Connection } from "../../../src/connectors/connection.js";
import type { Connector } from "../../../src/connectors/connector.js";
import { requestTracker } from "../../../src/connectors/request-tracker/index.js";
import { requestTrackerSettings } from "../../../src/connectors/request-tracker/settings.js";
import type { TicketDraft } from "../../../src/domain/ticket.js";
import { openHttp } from "../../../src/http/open-http.js";
import { after, json, serve, type Seen } from "../../http/support.js";
import { keptTokens } from "../../support/kept-tokens.js";

export type Wire = Record<string, unknown>;
/** What a real server answered, from a file that names its source. */
export function recorded<T>(name: string): T & { readonly _source: string } {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), "utf8")) as T & {
    readonly _source: string;
  };
}
export const recordedTicket = recorded<Wire>("ticket");

/** What a list looks like on the wire: recorded on 5.0.3, where an empty one has 0.0 pages. */
export const page = (items: readonly unknown[], at = 1, pages = 1): Wire => ({
  total: items.length,
  per_page: 100,
  count: items.length,
  pages,
  page: at,
  items,
});

const QUEUES = [
  { Name: "General", Lifecycle: "default", Description: "The default queue", type: "queue", Disabled: "0", id: "1" },
  { Name: "Hardware", Lifecycle: "default", Description: "Hardware requests", type: "queue", Disabled: "0", id: "3" },
  { Name: "Attic", Lifecycle: "default", Description: "", type: "queue", Disabled: "1", id: "9" },
];
/** Lists of fields leave their values out, whatever is asked for. */
const FIELDS = [
  { Name: "ticketgraph", MaxValues: "1", Type: "Freeform", Pattern: "", type: "customfield", id: "2" },
  { Name: "Color", MaxValues: "1", Type: "Select", Pattern: "", type: "customfield", id: "5" },
];
const COLOR = { ...FIELDS[1], id: 5, Values: ["red", "green"] };

export type Answers = Record<string, (seen: Seen, res: ServerResponse) => Wire | readonly unknown[] | undefined>;

interface FakeOptions {
  readonly markerField?: string | null;
}

export interface Fake {
  readonly rt: Connection;
  /** The connector below that connection: what is told to it isn't joined or taken apart. */
  readonly port: Connector;
  readonly seen: readonly Seen[];
  /** What was asked, as "METHOD /path". */
  paths(): readonly string[];
}

/** A connection to a server that answers as Request Tracker was heard to; `answers` by "METHOD /path" come before the usual ones. */
export async function openFake(answers: Answers = {}, { markerField = null }: FakeOptions = {}): Promise<Fake> {
  const usual: Answers = {
    "GET /queues/all": () => page(QUEUES),
    "GET /queue/3/customfields": () => page(FIELDS),
    "GET /customfield/5": () => COLOR,
    "POST /transactions": () => page([{ type: "transaction", id: "50", ObjectId: "2" }]),
    "POST /attachments": () =>
      page([{ id: "7", TransactionId: "50", ContentType: "text/html", Content: "<p>It <b>burns</b></p>" }]),
    "GET /tickets": () => page([recordedTicket]),
  };
  const { url, seen } = await serve((res, one) => {
    const { pathname } = new URL(one.url, "http://rt");
    const answer = { ...usual, ...answers }[`${one.method} ${pathname.replace("/REST/2.0", "")}`];
    if (!answer) return json(res, 404, { message: "Not Found" });
    const body = answer(one, res);
    if (body !== undefined && !res.headersSent) json(res, one.method === "POST" ? 201 : 200, body);
  });
  const settings = requestTrackerSettings.parse({
    baseUrl: url,
    credentials: { token: "1-14-secret" },
    options: { identifierField: markerField ? "Color" : "ticketgraph", markerField },
  });
  const refreshTokens = keptTokens();
  const { pool, wire } = requestTracker;
  const http = openHttp({
    wire,
    settings,
    allowPrivateAddress: true,
    refreshTokens,
    random: () => 0,
    options: { ...pool },
  });
  const rt = new Connection({ id: "rt", name: "RT", vendor: requestTracker, settings, http });
  after(() => rt.close());
  return {
    rt,
    port: requestTracker.connect(http, settings),
    seen,
    paths: () => seen.map(({ method, url: path }) => `${method} ${path.split("?")[0]?.slice(9)}`),
  };
}

export const draft = (change: Partial<TicketDraft> = {}): TicketDraft => ({
  name: "Recorded one",
  projectId: "3",
  typeId: null,
  assigneeIds: [],
  reporterIds: [],
  tags: [],
  customFields: {},
  ...change,
});
