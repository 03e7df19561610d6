import type { Store } from "../store/store.js";

/** Why a gateway can't do its work now; undefined: it can. */
export async function whyNotReady({ db }: Store): Promise<string | undefined> {
  try {
    await db.execute("select 1");
    return undefined;
  } catch {
    return "The database does not answer.";
  }
}
