import type { Terminal } from "./import.js";
import { openProgress } from "./progress.js";

/** The terminal that the program was started from: all goes to standard error. */
export const terminal: Terminal = { say: (line) => console.error(line), progress: openProgress };
