import { VendorError } from "../domain/errors.js";
import type { KeptTokens, RefreshTokens } from "../http/http.js";
import type { Opening } from "../gateway/open-connection.js";
import type { Store } from "../store/store.js";
import type { Vault } from "../store/vault.js";
import { readVendorTokens } from "../store/vendor-tokens.js";

/** A token that ends so soon is not begun with, in milliseconds. */
const EARLY_MS = 90_000;

/** The tokens of a connection for somebody who only looks. */
export interface LookingTokens extends RefreshTokens {
  /** Whether the vendor can be spoken to without using up a refresh token, which would then have to be kept. */
  mayAsk(): Promise<boolean>;
}

/** Keeps nothing: what is kept serves as it is, and a token is asked for only where that takes none from the gateways. */
export function tokensToLook(
  store: Pick<Store, "of">,
  vault: Vault,
  { vendor, settings, ...owner }: Opening,
): LookingTokens {
  const usesUp = vendor.wire.token?.(settings, undefined)?.body["grant_type"] === "refresh_token";
  const read = async (): Promise<KeptTokens | undefined> =>
    (await readVendorTokens(store.of(owner.tenantId), vault, owner, settings.credentials)) as KeptTokens | undefined;
  const isFresh = (kept: KeptTokens | undefined): kept is KeptTokens =>
    kept?.access !== undefined && kept.access.until - EARLY_MS > Date.now();
  let wasGiven = false;
  return {
    mayAsk: async () => !usesUp || isFresh(await read()),
    async renew(work) {
      const kept = await read();
      if (!usesUp) return work(kept);
      if (!isFresh(kept) || wasGiven) {
        const message = "The vendor refuses the access token that is kept. A gateway will ask for the next one.";
        throw new VendorError({ code: "AUTH", message }, "no");
      }
      wasGiven = true;
      return kept;
    },
  };
}
