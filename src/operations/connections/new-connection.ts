import { ForbiddenAddress } from "../../http/guard.js";
import { addressesOf, admitAddresses } from "../../connectors/allowed-host.js";
import type { OnUnknown } from "../../connectors/connection.js";
import type { Vendor, VendorSettings } from "../../connectors/connector.js";
import { withGranted } from "../../connectors/granted.js";
import { vendorsByName } from "../../connectors/registry.js";
import { holdsControlCharacters } from "../../domain/control-characters.js";
import type { InputError } from "../../domain/input-error.js";
import { check } from "../../domain/problems.js";
import type { Kernel } from "../kernel.js";
import type { StoredConnection } from "./stored.js";

/** What somebody asks of a connection; absent leaves a thing as it is, null takes it away. */
export interface ConnectionWish {
  readonly name?: string | null | undefined;
  /** The vendor by its name, and its settings as its own schema has them. */
  readonly settings?: {
    readonly vendor: string;
    readonly field: string;
    readonly given: Readonly<Record<string, unknown>>;
  };
  readonly onUnknown?: OnUnknown | null | undefined;
  readonly timeoutSeconds?: number | null | undefined;
  readonly sync?: { readonly everyMinutes: number; readonly fullEveryHours: number } | null | undefined;
  readonly webhook?: WebhookWish | null | undefined;
}
interface WebhookWish {
  readonly secret: string;
  readonly signatureHeader?: string | null | undefined;
  readonly ticketIdAt?: readonly string[] | null | undefined;
}

/** A connection that nothing is wrong with, or all that is. */
type JudgedConnection =
  | { readonly connection: StoredConnection; readonly errors: readonly [] }
  | { readonly connection: null; readonly errors: readonly InputError[] };

const NAME_MAX = 100;
/** A signature is only as good as its secret is hard to guess. */
const SECRET_MIN = 16;

/** What becomes of `before` by a wish. Nothing of it is kept, and no word of a secret is told. */
export async function judge(kernel: Kernel, before: StoredConnection, wish: ConnectionWish): Promise<JudgedConnection> {
  const errors: InputError[] = [];
  const name = wish.name == null ? before.name : wish.name.trim();
  if (name === "" || name.length > NAME_MAX || holdsControlCharacters(name))
    errors.push(invalid(["name"], `The name must have 1 to ${NAME_MAX} characters, in one line.`));
  const { settings = { site: before.options.site, credentials: before.secrets.credentials } } = {
    ...(wish.settings && { settings: await settingsOf(kernel, before.vendor, wish.settings, errors) }),
  };
  const timeoutSeconds = changed(before.options.timeoutSeconds, wish.timeoutSeconds);
  if (timeoutSeconds !== undefined && !(timeoutSeconds > 0 && timeoutSeconds <= 600))
    errors.push(invalid(["timeoutSeconds"], "Give more than 0 and at most 600 seconds."));
  const sync = changed(before.options.sync, wish.sync);
  if (sync && !(isWhole(sync.everyMinutes, 1_440) && isWhole(sync.fullEveryHours, 8_760)))
    errors.push(invalid(["sync"], "Give 1 to 1,440 minutes, and 1 to 8,760 hours."));
  const webhook = webhookOf(before, wish.webhook, errors);
  if (errors.length > 0) return { connection: null, errors };
  const onUnknown = changed(before.options.onUnknown, wish.onUnknown);
  const { webhookSecret, ...described } = webhook ?? {};
  return {
    errors: [],
    connection: {
      ...before,
      name,
      options: {
        site: settings.site,
        ...(onUnknown && { onUnknown }),
        ...(timeoutSeconds !== undefined && { timeoutSeconds }),
        ...(sync && { sync }),
        ...(webhook && { webhook: described }),
      },
      secrets: { credentials: settings.credentials, ...(webhookSecret !== undefined && { webhookSecret }) },
    },
  };
}

interface SplitSettings {
  readonly site: Readonly<Record<string, unknown>>;
  readonly credentials: unknown;
}
const NONE: SplitSettings = { site: {}, credentials: null };

async function settingsOf(
  kernel: Kernel,
  vendorName: string,
  { vendor: wanted, field, given }: NonNullable<ConnectionWish["settings"]>,
  errors: InputError[],
): Promise<SplitSettings> {
  const place = ["settings", field];
  const vendor = vendorsByName.get(wanted);
  if (!vendor || wanted !== vendorName) {
    const message = "A connection stays with its vendor. Create another connection for another vendor.";
    errors.push(invalid(place, message));
    return NONE;
  }
  const { value, problems } = check(vendor.settings, withGranted(vendor.settings, given).value, [], () => true);
  errors.push(...problems.map(({ path, message }) => invalid([...place, ...path.map(String)], sentence(message))));
  if (problems.length > 0) return NONE;
  await admit(kernel, vendor, value as VendorSettings, place, errors);
  const { credentials, ...site } = given;
  return { site, credentials };
}

/** Checks where the connection leads: as names, and as what they lead to now. */
async function admit(
  kernel: Kernel,
  vendor: Vendor,
  settings: VendorSettings,
  place: readonly string[],
  errors: InputError[],
): Promise<void> {
  try {
    await admitAddresses(vendor, settings, kernel.hosts);
  } catch (error) {
    if (!(error instanceof ForbiddenAddress)) throw error;
    const [{ origin: base = "" } = {}] = addressesOf(vendor, settings);
    errors.push(invalid(error.message.includes(new URL(base).host) ? [...place, "baseUrl"] : place, error.message));
  }
}

function webhookOf(
  before: StoredConnection,
  wish: WebhookWish | null | undefined,
  errors: InputError[],
): (NonNullable<StoredConnection["options"]["webhook"]> & { readonly webhookSecret?: string }) | undefined {
  if (wish === null) return undefined;
  if (wish === undefined) {
    const { webhookSecret } = before.secrets;
    return (
      before.options.webhook && { ...before.options.webhook, ...(webhookSecret !== undefined && { webhookSecret }) }
    );
  }
  const { secret, signatureHeader, ticketIdAt } = wish;
  if (secret.length < SECRET_MIN)
    errors.push(invalid(["webhook", "secret"], `It has fewer than ${SECRET_MIN} characters, so it could be guessed.`));
  if (signatureHeader != null && !/^[A-Za-z0-9-]+$/.test(signatureHeader))
    errors.push(invalid(["webhook", "signatureHeader"], "This is not the name of a header."));
  return {
    webhookSecret: secret,
    ...(signatureHeader != null && { signatureHeader }),
    ...(ticketIdAt != null && { ticketIdAt }),
  };
}

function changed<T>(before: T | undefined, wish: T | null | undefined): T | undefined {
  return wish === undefined ? before : (wish ?? undefined);
}

function isWhole(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

export function invalid(path: readonly string[], message: string): InputError {
  return { code: "INVALID_INPUT", message, path, allowedValues: [] };
}
