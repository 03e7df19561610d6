import type { Call } from "../../http/http.js";
import { readable, untold, type Access } from "../access.js";
import type { Catalog } from "./catalog.js";

/** What of the service catalog the account sees: without an offer and its type nothing can be created. Throws VendorError. */
export async function checkAccess(catalog: Catalog, call: Call): Promise<Access> {
  const types = await catalog.types(call);
  const [teams, offers] = await Promise.all([catalog.teams(call), catalog.offers(call)]);
  const isOffered = offers.some(({ item_type }) => !item_type || types.some(({ id }) => id === item_type));
  return {
    account: null,
    read: readable("Rezolve", teams, "team"),
    create: isOffered
      ? untold("Rezolve")
      : {
          granted: false,
          message:
            "It sees no offer of the service catalog, and every ticket is made from one. Publish one in Rezolve for it.",
        },
  };
}
