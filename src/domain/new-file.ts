/** A file on its way to a ticket: its bytes come as they come, and can be read once. */
export interface NewFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A name that every vendor keeps: its last part, without control characters, of at most 200 characters. */
export function fileNameOf(given: string | undefined): string {
  // Browsers write quotes and line breaks so: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
  const last =
    (given ?? "")
      .replace(/%(22|0D|0A)/gi, "")
      .split(/[/\\]/)
      .at(-1) ?? "";
  const kept = [...last].filter((character) => !/[\p{Cc}\p{Cs}"]/u.test(character)).join("");
  return kept.trim().slice(0, 200) || "file";
}
