import type { Connection } from "../../connectors/connection.js";
import { VendorError } from "../../domain/errors.js";

/** A vendor's list can't be read on from where a run is: the next one begins anew. */
export class LostPlace extends VendorError {
  /** The list leads back to a page that was read before. */
  static endless({ vendor }: Connection): LostPlace {
    const message = `${vendor.title} gave a page cursor again that it had given before, so its list would never end. What was read until then is kept.`;
    return new LostPlace({ code: "BAD_RESPONSE", message }, "no");
  }

  /** What a vendor says to the cursor of a run that broke off: many forget theirs after a while. Any other error as it is. */
  static of(error: unknown, { vendor }: Connection): unknown {
    if (!(error instanceof VendorError) || error.code !== "INVALID") return error;
    const message = `${vendor.title} doesn't take the page cursor any more at which the last run broke off, so the next one begins anew: ${error.message}`;
    return new LostPlace({ code: error.code, message }, error.sent, { ...error.info, cause: error });
  }
}
