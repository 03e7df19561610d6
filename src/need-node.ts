import { ConfigError } from "./config/config-error.js";
import { checkNode } from "./doctor/check-node.js";

/** Throws ConfigError on a Node.js that runs no gateway: it would end amid the loading of some package, in words for nobody. */
export function needNode(version?: string): void {
  const { state, what, found, todo = "" } = checkNode(version);
  if (state !== "failed") return;
  throw new ConfigError(`${what}: ${found} ${todo} In a checkout npm brings one: npm start -- …`);
}
