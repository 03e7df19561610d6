import type { IncomingMessage } from "node:http";
import { PassThrough, type Readable } from "node:stream";
import { Busboy, type BusboyHeaders, type BusboyInstance } from "@fastify/busboy";
import { fileNameOf, type NewFile } from "../domain/new-file.js";
import { Refusal } from "./answer.js";
import { ClientGone } from "./body.js";

/**
 * The files of a request, one after another, each as its bytes come: the body itself, named by `?name=` and its Content-Type, or
 * the files of a form. What is taken out must be read to its end before the next one comes. Reading throws Refusal 413 beyond
 * `limit` bytes of one file, and ClientGone.
 */
export async function* filesOf(req: IncomingMessage, limit: number): AsyncGenerator<NewFile> {
  const type = req.headers["content-type"] ?? "application/octet-stream";
  if (Number(req.headers["content-length"] ?? 0) > limit + FORM_OVERHEAD) throw tooLarge(limit);
  if (/^multipart\/form-data\b/i.test(type)) yield* filesOfForm(req, type, limit);
  else if (req.headers["content-length"] !== "0") {
    const name = new URLSearchParams((req.url ?? "").split("?")[1]).get("name") ?? undefined;
    const [mediaType = ""] = type.split(";");
    yield { name: fileNameOf(name), mediaType: mediaType.trim(), bytes: limited(req, limit) };
  }
}

/** What a form adds to the file that it holds, generously. */
const FORM_OVERHEAD = 65_536;
/** How many parts of a form are taken. */
const PARTS_MAX = 100;

async function* filesOfForm(req: IncomingMessage, type: string, limit: number): AsyncGenerator<NewFile> {
  const found = new PassThrough({ objectMode: true });
  let form: BusboyInstance;
  try {
    form = new Busboy({
      headers: { ...req.headers, "content-type": type } as BusboyHeaders,
      limits: { parts: PARTS_MAX },
    });
  } catch (error) {
    throw broken(error);
  }
  form.on("file", (_field, stream, name, _encoding, mediaType) => {
    // A file that nobody reads, since the one before it failed, must not hold up the rest.
    if (found.destroyed) stream.resume();
    else found.write({ name: fileNameOf(name), mediaType, stream });
  });
  let hasMore = false;
  form.on("partsLimit", () => (hasMore = true));
  form.on("error", (error) => found.destroy(broken(error)));
  form.on("finish", () => found.end());
  req.once("close", () => {
    if (!req.complete) found.destroy(new ClientGone("The client went away before its request was whole."));
  });
  req.pipe(form);
  for await (const { name, mediaType, stream } of found as AsyncIterable<FormFile>) {
    yield { name, mediaType, bytes: limited(stream, limit, req) };
    if (!stream.readableEnded) stream.resume();
  }
  if (hasMore) throw tooMany();
}

interface FormFile {
  readonly name: string;
  readonly mediaType: string;
  readonly stream: Readable;
}

async function* limited(bytes: Readable, limit: number, req?: IncomingMessage): AsyncGenerator<Uint8Array> {
  const gone = (): unknown => bytes.destroy(new ClientGone("The client went away before its request was whole."));
  req?.once("aborted", gone);
  let length = 0;
  try {
    for await (const chunk of bytes.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > limit) throw tooLarge(limit);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new ClientGone("The client went away before its request was whole.");
  } finally {
    req?.off("aborted", gone);
  }
}

function tooMany(): Refusal {
  const message = `The form has more than ${PARTS_MAX} parts, and those behind them were not taken. Send them in another one.`;
  return new Refusal(413, "PAYLOAD_TOO_LARGE", message);
}

function tooLarge(limit: number): Refusal {
  const message = `The file is larger than ${limit} bytes. Send a smaller one, or raise ATTACHMENT_LIMIT.`;
  return new Refusal(413, "PAYLOAD_TOO_LARGE", message);
}

function broken(error: unknown): Refusal {
  const why = error instanceof Error ? error.message : String(error);
  return new Refusal(400, "BAD_REQUEST", `The form can't be read: ${why}.`);
}
