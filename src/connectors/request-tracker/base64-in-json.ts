import { pipeline, Readable } from "node:stream";
import StreamJson from "stream-json";

/** What stream-json tells of a text: https://github.com/uhop/stream-json/wiki/Parser */
interface Token {
  readonly name: string;
  readonly value?: string;
}

/** The bytes that one member of a JSON object holds as base64, as they come: nothing of the whole is kept. */
export function base64InJson(json: Readable, member: string): Readable {
  const tokens = StreamJson.parser({ packStrings: false, packNumbers: false, streamKeys: false, packKeys: true });
  // What breaks off the answer ends the reading of its tokens with the same error.
  pipeline(json, tokens, () => {});
  return Readable.from(decoded(tokens, member), { objectMode: false });
}

async function* decoded(tokens: AsyncIterable<Token>, member: string): AsyncGenerator<Buffer> {
  let depth = 0;
  let isInside = false;
  let left = "";
  let isNext = false;
  for await (const { name, value = "" } of tokens) {
    if (name === "startObject" || name === "startArray") depth += 1;
    else if (name === "endObject" || name === "endArray") depth -= 1;
    else if (name === "keyValue") isNext = depth === 1 && value === member;
    else if (name === "startString") isInside = isNext;
    else if (name === "stringChunk" && isInside) {
      const text = left + value.replace(/\s/g, "");
      const whole = text.length - (text.length % 4);
      left = text.slice(whole);
      if (whole > 0) yield Buffer.from(text.slice(0, whole), "base64");
    } else if (name === "endString") isInside = false;
  }
  if (left !== "") yield Buffer.from(left, "base64");
}
