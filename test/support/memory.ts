import type { Where } from "../../src/store/open.js";

/** A store in memory, new and empty. */
export function inMemory(): Where {
  const image = process.env["STORE_IMAGE"];
  return image === undefined ? "memory" : { image };
}
