import { ConfigError } from "./config/config-error.js";
import { readEnvironment } from "./config/env.js";
import { masterKeys } from "./gateway/master-keys.js";
import { openOwnStore } from "./gateway/open-own-store.js";
import { Unsealable } from "./store/seal.js";
import { openVault } from "./store/vault.js";

/**
 * Wraps every connection's key with the present master key. Gateways that have both keys go on meanwhile; the secrets themselves
 * aren't touched. Throws ConfigError.
 */
export async function rotateKeys(): Promise<void> {
  const config = readEnvironment(process.env);
  if (config.databaseUrl === undefined)
    throw new ConfigError(
      "An embedded store is wrapped anew by its gateway. Start that with TICKETGRAPH_MASTER_KEY and the former key in TICKETGRAPH_OLD_MASTER_KEYS.",
    );
  if (config.masterKeys.length === 0)
    throw new ConfigError(
      "Set TICKETGRAPH_MASTER_KEY to the new key, and TICKETGRAPH_OLD_MASTER_KEYS to the former one.",
    );
  const wrapper = await masterKeys(config);
  const store = await openOwnStore({ url: config.databaseUrl });
  try {
    const count = await openVault(store, wrapper).rotate();
    const what = count === 1 ? "The key of 1 connection was" : `The keys of ${count} connections were`;
    console.log(`${what} wrapped with the master key ${wrapper.keyId}. The former one is needed no more.`);
  } catch (error) {
    if (error instanceof Unsealable) throw new ConfigError(error.message);
    throw error;
  } finally {
    await store.close();
  }
}
