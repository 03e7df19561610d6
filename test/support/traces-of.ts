/** The shapes in which a secret may turn up in a text: as it is, in hexadecimal digits, percent-encoded, in base64 wherever it begins. */
export function shapesOf(secret: string | Buffer): readonly string[] {
  const bytes = Buffer.from(secret);
  const escaped = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  const packed = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .replaceAll("=", "");
    // What the bytes before and behind have a part in is not the secret's alone.
    return text.slice(before === 0 ? 0 : before + 1, Math.floor(((before + bytes.length) * 8) / 6));
  });
  const web = packed.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"));
  const plain =
    typeof secret === "string" ? [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)] : [];
  return [
    ...new Set([...plain, bytes.toString("hex"), bytes.toString("hex").toUpperCase(), escaped, ...packed, ...web]),
  ];
}

/** Which of the secrets a text holds in any of these shapes, by their names. */
export function tracesOf(secrets: ReadonlyMap<string, readonly string[]>, text: string): readonly string[] {
  return [...secrets].flatMap(([name, shapes]) => (shapes.some((shape) => text.includes(shape)) ? [name] : []));
}
