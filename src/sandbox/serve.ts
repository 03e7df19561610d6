import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import { Busboy, type BusboyHeaders } from "@fastify/busboy";
import { sendWire, toWire, type Answer, type Request, type SentFile } from "./answer.js";
import { keptBody, keptHeaders, openCallBook, type Call, type CallBook } from "./calls.js";
import { control, type Controls, type VendorControls } from "./control.js";
import { FAULT_KINDS, openFaults, type Faults } from "./faults.js";
import { damaged, sendBadly, wrongAnswer } from "./misbehave.js";
import type { Random } from "./random.js";
import { openRouter, type Route } from "./router.js";

/** A vendor in small: its operations, and what it says where there is none. */
export interface SandboxVendor<R extends Route> {
  readonly routes: readonly R[];
  /** The content type of its JSON. */
  readonly jsonType: string;
  /** Takes a prefix off the path that the routes don't know; whole paths stay as they are. */
  locate(path: string): { readonly prefix: string; readonly path: string };
  /** What goes before the operation: credentials and limits. Undefined lets the call through. */
  guard(request: Request, route: R): Answer | undefined;
  noRoute(request: Request, allowed: readonly string[]): Answer;
  badBody(text: string): Answer;
  /** The answer to wrong credentials, for the fault of that name. */
  unauthorized(request: Request): Answer;
  /** More headers for every answer to this call. */
  headers?(request: Request): Readonly<Record<string, string>>;
  readonly controls: VendorControls;
}

/** A sandbox that listens. */
interface SandboxServer {
  readonly url: string;
  readonly book: CallBook;
  readonly faults: Faults;
  /** Every answer comes so many milliseconds late. */
  setDelay(delayMs: number): void;
  /** Everything that the vendor holds as at the start, no calls, no faults. */
  reset(): void;
  /** Ends every socket at once, and every answer under way. */
  close(): Promise<void>;
}

/** Where and when a sandbox runs. `now` is in milliseconds since 1970. */
interface ServeOptions {
  readonly port: number;
  readonly delayMs: number;
  readonly now: () => number;
  readonly random: Random;
  /** Whether long answers are packed for callers who take that; they are unless told. */
  readonly packs?: boolean;
}

const BODY_LIMIT = 10 * 1_048_576;

/** Serves a vendor on 127.0.0.1. */
export async function serveSandbox<R extends Route>(
  vendor: (url: string) => SandboxVendor<R>,
  options: ServeOptions,
): Promise<SandboxServer> {
  const faults = openFaults(options.random);
  const book = openCallBook();
  const ending = new AbortController();
  let delayMs = options.delayMs;
  const server = createServer((incoming, outgoing) => {
    answerOne(incoming, outgoing).catch((error: unknown) => failed(outgoing, error));
  });
  server.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port, "127.0.0.1", () => resolve());
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : options.port}`;
  const own = vendor(url);
  const find = openRouter(own.routes);
  const reset = (): void => {
    own.controls.reset();
    faults.clear();
    book.clear();
  };
  const controls: Controls = { ...own.controls, reset, faults, book, setDelay: (ms) => void (delayMs = ms) };

  async function answerOne(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const [rawPath = "", ...rest] = (incoming.url ?? "").split("?");
    const { prefix, path } = own.locate(new URL(url + rawPath).pathname);
    const method = incoming.method ?? "";
    const found = find(method, path);
    const type = incoming.headers["content-type"] ?? "";
    const isForm = found.route?.takesFile === true && type.startsWith("multipart/form-data");
    const file = isForm ? await readFile(incoming, type) : undefined;
    const text = isForm ? "" : await readText(incoming);
    const parsed = parse(text, type);
    const query = new URLSearchParams(rest.join("?"));
    const names = [...(found.route ? [found.route.name] : []), `${method} ${path}`, path];
    const isControl = path.startsWith("/_sandbox/");
    const fault = isControl ? undefined : faults.pick(names);
    const { params } = found;
    const { headers } = incoming;
    const request: Request = {
      method,
      path,
      base: url + prefix,
      query,
      headers,
      params,
      body: parsed.body,
      fault,
      ...(file && { file }),
    };
    if (isControl) return sendWire(outgoing, toWire(control(controls, request), "application/json", ""));

    const call: Call = {
      method,
      path: rawPath,
      query,
      headers: keptHeaders(headers),
      body: keptBody(parsed.body),
      status: 0,
      at: options.now(),
    };
    book.begin(call, text?.length ?? 0);
    outgoing.once("close", () => book.end());
    outgoing.once("finish", () => void (call.status = outgoing.statusCode));
    const lateMs = delayMs + (fault && fault.kind !== "slowloris" ? (fault.delayMs ?? 0) : 0);
    if (lateMs > 0) await wait(lateMs, undefined, { signal: ending.signal });

    const right = (): Answer => {
      if (text === undefined) return { status: 413, body: "<h1>413 Request Entity Too Large</h1>" };
      if (!found.route) return own.noRoute(request, found.allowed);
      if (parsed.isBad) return own.badBody(text);
      return own.guard(request, found.route) ?? found.route.answer(request);
    };
    const encoding = options.packs === false ? "" : (headers["accept-encoding"] ?? "");
    const wire = (answer: Answer): ReturnType<typeof toWire> =>
      toWire({ ...answer, headers: { ...own.headers?.(request), ...answer.headers } }, own.jsonType, String(encoding));
    if (!fault) return sendWire(outgoing, wire(right()));
    const done = fault.done ?? FAULT_KINDS[fault.kind].done;
    const rightOne = done ? right() : undefined;
    const wrong = fault.kind === "auth-401" ? own.unauthorized(request) : wrongAnswer(fault, options.now());
    await sendBadly(outgoing, wire(wrong ?? damaged(rightOne ?? { status: 200 }, fault)), fault, ending.signal);
  }

  return {
    url,
    book,
    faults,
    setDelay: controls.setDelay,
    reset,
    async close() {
      ending.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A mistake of the sandbox's own must not look like a fault that was asked for. Where the caller has left, nobody reads it. */
function failed(outgoing: ServerResponse, error: unknown): void {
  if (outgoing.headersSent) outgoing.destroy();
  else
    sendWire(
      outgoing,
      toWire({ status: 500, body: { error: `The sandbox failed: ${error}` } }, "application/json", ""),
    );
}

/** The last file of a form; undefined where the form breaks off, or has none. */
async function readFile(incoming: IncomingMessage, type: string): Promise<SentFile | undefined> {
  const form = new Busboy({ headers: { ...incoming.headers, "content-type": type } as BusboyHeaders });
  let file: SentFile | undefined;
  form.on("file", (field, stream, name, _encoding, mediaType) => {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => void chunks.push(chunk));
    stream.on("end", () => void (file = { field, name, mediaType, content: Buffer.concat(chunks) }));
  });
  const whole = await pipeline(incoming, form).then(
    () => true,
    () => false,
  );
  return whole ? file : undefined;
}

/** The body as text; undefined where it is larger than 10 MiB. */
async function readText(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= BODY_LIMIT) chunks.push(chunk);
  }
  return length > BODY_LIMIT ? undefined : Buffer.concat(chunks).toString();
}

function parse(text: string | undefined, type = ""): { readonly body: unknown; readonly isBad: boolean } {
  if (text === undefined || text === "") return { body: undefined, isBad: false };
  if (type.startsWith("application/x-www-form-urlencoded"))
    return { body: Object.fromEntries(new URLSearchParams(text)), isBad: false };
  try {
    return { body: JSON.parse(text) as unknown, isBad: false };
  } catch {
    return { body: text, isBad: true };
  }
}
