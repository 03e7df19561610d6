import { Connection } from "../../src/connectors/connection.js";
import type { Vendor, VendorSettings } from "../../src/connectors/connector.js";
import type { HttpEvents } from "../../src/http/http.js";
import { openHttp, type HttpOptions } from "../../src/http/open-http.js";
import { keptTokens } from "./kept-tokens.js";

export interface ConnectOptions {
  readonly http?: Partial<HttpOptions>;
  readonly events?: HttpEvents;
}

/** A connection to a vendor on loopback: retries without waiting, no refresh tokens kept. */
export function connect(vendor: Vendor, settings: object, { http: options, events }: ConnectOptions = {}): Connection {
  const own = vendor.settings.parse(settings) as VendorSettings;
  const http = openHttp({
    wire: vendor.wire,
    settings: own,
    allowPrivateAddress: true,
    refreshTokens: keptTokens(),
    random: () => 0,
    ...(events && { events }),
    options: { ...vendor.pool, ...options },
  });
  return new Connection({ id: vendor.name, name: vendor.title, vendor, settings: own, http });
}
