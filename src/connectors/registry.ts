import type { Vendor } from "./connector.js";
import * as vendors from "./vendors.js";

/** Every vendor that this build knows, in the order of their names. */
export const VENDORS: readonly Vendor[] = Object.values<Vendor>(vendors).sort((a, b) => a.name.localeCompare(b.name));

/** By the name that configuration gives. */
export const vendorsByName: ReadonlyMap<string, Vendor> = new Map(VENDORS.map((vendor) => [vendor.name, vendor]));
