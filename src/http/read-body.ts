import type { Readable, Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { VendorError } from "../domain/errors.js";

const INFLATERS: Record<string, () => Transform> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** What inflates a body of this encoding; undefined for one that is as it is. */
export function inflaterOf(encoding: string | undefined): Transform | undefined {
  return encoding === undefined ? undefined : INFLATERS[encoding.toLowerCase()]?.();
}

/** A whole body, inflated. Throws VendorError BAD_RESPONSE beyond `max` bytes, however small it came. */
export async function readBody(body: Readable, encoding: string | undefined, max: number): Promise<Buffer> {
  const inflater = inflaterOf(encoding);
  const source: Readable = inflater ? pipe(body, inflater) : body;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > max) throw tooLarge(max);
      chunks.push(chunk);
    }
  } finally {
    // Whatever ended the reading early: a body that nobody reads on keeps its socket busy for ever.
    if (!body.readableEnded) body.destroy();
  }
  return Buffer.concat(chunks, size);
}

function pipe(body: Readable, inflater: Transform): Transform {
  body.once("error", (error) => inflater.destroy(error));
  return body.pipe(inflater);
}

/** That an answer is beyond `max` bytes. */
export function tooLarge(max: number): VendorError {
  const message = `The vendor's answer is larger than ${Math.round(max / 1_000_000)} MB and was not read.`;
  return new VendorError({ code: "BAD_RESPONSE", message }, "maybe");
}
