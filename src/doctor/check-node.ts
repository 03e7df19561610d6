import { failed, ok, type Finding } from "./finding.js";

const WHAT = "Node.js";
/** As package.json says under `engines`. */
const LEAST = [22, 19] as const;

/** Whether this Node.js runs the program. */
export function checkNode(version: string = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return ok(WHAT, `Version ${version}.`);
  return failed(WHAT, `Version ${version} is too old.`, `Install ${LEAST.join(".")} or later, best 24.`);
}
