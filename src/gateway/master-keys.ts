import { ConfigError } from "../config/config-error.js";
import type { Config } from "../config/env.js";
import { masterKeyWrapper, type KeyWrapper } from "../store/key-wrapper.js";
import { ownMasterKey } from "../store/master-key-file.js";

/** Who wraps the keys of connections: the operator's master keys, else one that is made once in the data folder. Throws ConfigError. */
export async function masterKeys({ masterKeys: [first, ...others], dataDir }: Config): Promise<KeyWrapper> {
  if (first) return masterKeyWrapper([first, ...others]);
  try {
    return masterKeyWrapper([await ownMasterKey(dataDir)]);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`There is no master key (${why}). Set TICKETGRAPH_MASTER_KEY: openssl rand -base64 32`);
  }
}
