import type { Config } from "../config/env.js";
import { masterKeyWrapper, type KeyWrapper } from "../store/key-wrapper.js";
import { MASTER_KEY_FILE, readOwnMasterKey } from "../store/master-key-file.js";
import { failed, ok, warning, type Finding } from "./finding.js";

const WHAT = "master key";

/** Which master key the gateway would take; makes none. No wrapper where there is none yet, or none that can be read. */
export async function checkMasterKey({
  masterKeys: [first, ...others],
  dataDir,
  databaseUrl,
}: Pick<Config, "masterKeys" | "dataDir" | "databaseUrl">): Promise<{
  readonly wrapper: KeyWrapper | undefined;
  readonly finding: Finding;
}> {
  if (first) {
    const wrapper = masterKeyWrapper([first, ...others]);
    const old = others.length > 0 ? `, with ${others.length} older beside it` : "";
    return { wrapper, finding: ok(WHAT, `TICKETGRAPH_MASTER_KEY is set (${wrapper.keyId})${old}.`) };
  }
  try {
    const own = await readOwnMasterKey(dataDir);
    const wrapper = own && masterKeyWrapper([own]);
    return { wrapper, finding: found(wrapper, dataDir, databaseUrl !== undefined) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { wrapper: undefined, finding: failed(WHAT, `It can't be read: ${why}`, "Set TICKETGRAPH_MASTER_KEY.") };
  }
}

function found(wrapper: KeyWrapper | undefined, dataDir: string, isShared: boolean): Finding {
  const where = wrapper
    ? `It lies in ${dataDir}/${MASTER_KEY_FILE} (${wrapper.keyId})`
    : `There is none yet; one is made in ${dataDir} at the first start`;
  if (!isShared) return ok(WHAT, `${where}.`);
  return warning(
    WHAT,
    `${where}, for this machine alone: another replica can't read what this one encrypts.`,
    "Give all replicas the same TICKETGRAPH_MASTER_KEY: openssl rand -base64 32",
  );
}
