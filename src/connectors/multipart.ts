import { randomUUID } from "node:crypto";
import type { NewFile } from "../domain/new-file.js";
import type { Upload } from "../http/http.js";

/** One part of a form that isn't a file. */
interface FormPart {
  readonly name: string;
  readonly contentType: string;
  readonly text: string;
}

/** A form with one file, its bytes passed on as they come: https://www.rfc-editor.org/rfc/rfc7578 */
export function multipart(field: string, file: NewFile, parts: readonly FormPart[] = []): Upload {
  const boundary = `----ticketgraph-${randomUUID()}`;
  return { contentType: `multipart/form-data; boundary=${boundary}`, bytes: form(boundary, field, file, parts) };
}

async function* form(
  boundary: string,
  field: string,
  { name, mediaType, bytes }: NewFile,
  parts: readonly FormPart[],
): AsyncGenerator<Uint8Array> {
  for (const part of parts)
    yield Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="${part.name}"\r\ncontent-type: ${part.contentType}\r\n\r\n${part.text}\r\n`,
    );
  const quoted = name.replace(/["\r\n]/g, (character) => encodeURIComponent(character));
  yield Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="${field}"; filename="${quoted}"\r\ncontent-type: ${mediaType}\r\n\r\n`,
  );
  yield* bytes;
  yield Buffer.from(`\r\n--${boundary}--\r\n`);
}
