import { ConfigError } from "../config/config-error.js";
import type { Config } from "../config/env.js";
import type { Settings } from "../config/settings.js";
import { readTrustedManifest } from "../config/trusted-documents.js";
import { checkAddresses } from "./check-addresses.js";
import { checkDisk } from "./check-disk.js";
import { checkEnvironment } from "./check-environment.js";
import { checkMasterKey } from "./check-master-key.js";
import { checkNode } from "./check-node.js";
import { checkPort } from "./check-port.js";
import { counted, failed, ok, warning, type Finding } from "./finding.js";
import { examineConnections } from "./examine-connections.js";
import { examineStore } from "./examine-store.js";
import { settingsOf } from "../gateway/own-settings.js";

/** What a test may put in the machine's place. */
interface ExamineOptions {
  /** The calendar, in milliseconds since 1970; the machine's unless told. */
  readonly now?: () => number;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Looks at everything that a gateway with this environment would meet at its start and later; changes nothing anywhere. */
export async function examine(env: Env, { now }: ExamineOptions = {}): Promise<readonly Finding[]> {
  const { config, findings } = checkEnvironment(env);
  const begun = [checkNode(), ...findings];
  if (!config) return begun;
  const { settings, finding } = await readOwn(config, env);
  const key = config.settingsPath === undefined ? undefined : await checkMasterKey(config);
  const { store, findings: ofStore } = await examineStore(config, now);
  try {
    return [
      ...begun,
      ...finding,
      ...checkAddresses(config),
      await checkPort(config.host, config.port),
      ...(config.databaseUrl === undefined && config.settingsPath !== undefined
        ? [await checkDisk(config.dataDir)]
        : []),
      ...(key ? [key.finding] : []),
      ...ofStore,
      ...(settings
        ? await examineConnections({
            settings,
            ...(store && { store }),
            ...(key?.wrapper && { wrapper: key.wrapper }),
            ...(now && { now }),
          })
        : []),
    ];
  } finally {
    await store?.close();
  }
}

async function readOwn(
  config: Config,
  env: Env,
): Promise<{ readonly settings: Settings | undefined; readonly finding: readonly Finding[] }> {
  const what = "configuration";
  if (config.settingsPath === undefined) {
    const todo = "Name your configuration file in TICKETGRAPH_CONFIG.";
    return { settings: undefined, finding: [warning(what, "No file is named: a gateway would start the demo.", todo)] };
  }
  try {
    const settings = await settingsOf(config, env);
    if (config.trustedDocuments !== undefined) await readTrustedManifest(config.trustedDocuments);
    const { tenants } = settings;
    const connections = tenants.flatMap((tenant) => tenant.connections).length;
    const found = `${config.settingsPath} is right: ${counted(tenants.length, "tenant")}, ${counted(connections, "connection")}.`;
    return { settings, finding: [ok(what, found)] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { settings: undefined, finding: problems(error.message).map((found) => failed(what, found)) };
  }
}

/** A message that lists several problems, each with its place, is a finding for each. */
function problems(message: string): readonly string[] {
  const [head = "", ...lines] = message.split("\n");
  const listed = lines.filter((line) => line.startsWith("  - ")).map((line) => line.slice("  - ".length));
  return listed.length > 0 && listed.length === lines.length ? [head, ...listed] : [message.replaceAll("\n", " ")];
}
