import { readFile } from "node:fs/promises";
import { types } from "node:util";
import { LineCounter, parseDocument } from "yaml";
import { ConfigError } from "./config-error.js";

/** Reads a JSON or YAML file. Throws ConfigError where there is none or it can't be parsed, never quoting what stands in it. */
export async function readSettingsFile(path: string): Promise<unknown> {
  return parseSettings(path, await readText(path));
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const code = types.isNativeError(error) && "code" in error ? String(error.code) : "for an unknown reason";
    const why = REASONS[code] ?? `can't be read (${code})`;
    throw new ConfigError(`The configuration file ${path} ${why}. TICKETGRAPH_CONFIG names it.`, { cause: error });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EISDIR: "is a folder, but must be a file",
  EACCES: "may not be read by this user",
  EPERM: "may not be read by this user",
};

function parseSettings(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON, so YAML; its parser also says best where broken JSON is broken.
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    // The parser's message quotes the text after a colon, which may be a secret; its code says enough.
    const what = error.code.toLowerCase().replaceAll("_", " ");
    throw new ConfigError(
      `The configuration file ${path} is neither JSON nor YAML: ${what} in line ${line}, column ${col}. Mend the text there.`,
    );
  }
  try {
    return document.toJS();
  } catch (cause) {
    throw new ConfigError(`The configuration file ${path} refers to YAML anchors that can't be resolved.`, { cause });
  }
}
