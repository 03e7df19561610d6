/** The gateway's database can't be reached, or takes no writes: nothing was changed, and it may be tried again. */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
}
