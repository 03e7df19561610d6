import type { Vendor } from "../connector.js";
import { connectRezolve } from "./connector.js";
import { createInput } from "./create-input.js";
import { readFault, readLimit, refusesToken } from "./faults.js";
import { rezolveSettings, type RezolveSettings } from "./settings.js";
import { Token } from "./wire.js";

/** Rezolve.ai's ticketing, whose tickets are made from the offers of a service catalog. */
export const rezolve: Vendor<RezolveSettings> = {
  name: "rezolve",
  label: "REZOLVE",
  title: "Rezolve.ai",
  settings: rezolveSettings,
  // Where else tokens are given out, only the operator can say.
  hosts: ["*.rezolve.ai"],
  createInput,
  // Display ids (CTC-0054), team slugs, numbers, e-mail addresses.
  idPattern: /^[\p{L}\p{N}][\p{L}\p{N} _.@+-]{0,254}$/u,
  capabilities: {
    batch: { read: 10, create: 10 },
    createSlots: 2,
    bulkCreate: "FAN_OUT",
    statusOnCreate: "no",
    richText: "HTML",
    search: "TEXT",
    // Rezolve keeps nothing by which a ticket could be found again for sure.
    guarantee: "AT_MOST_ONCE",
    absence: "unsure",
    fieldDiscovery: true,
    comments: { read: false, write: false },
    attachments: { read: false, write: false },
    webhooks: false,
    sync: true,
    update: { fields: ["description", "status", "priority", "customFields"], revision: "required" },
    draft: {
      // Rezolve names no limits and says itself what is too long.
      nameMax: 10_000,
      descriptionMax: 1_000_000,
      project: "required",
      type: "required",
      status: false,
      assignees: 0,
      reporters: 0,
      parent: false,
      tags: false,
      dueDate: false,
      priority: true,
      customFields: true,
      identifier: false,
    },
  },
  wire: {
    api: ({ baseUrl }) => new URL(baseUrl),
    credentials: ({ credentials, tenantId, realm }, token) => ({
      ...("apiKey" in credentials
        ? { "x-api-key": credentials.apiKey }
        : { authorization: `Bearer ${"token" in credentials ? credentials.token : (token ?? "")}` }),
      "x-tenantid": tenantId,
      realmname: realm,
    }),
    token: ({ credentials }) => {
      if (!("oauth" in credentials)) return undefined;
      const { tokenUrl, clientId, clientSecret, scope } = credentials.oauth;
      return {
        url: new URL(tokenUrl),
        encoding: "form",
        body: { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret, scope },
        parse: (body) => {
          const { access_token, expires_in } = Token.parse(body);
          return { accessToken: access_token, expiresInMs: expires_in * 1_000 };
        },
      };
    },
    refusesToken,
    readFault,
    readLimit,
  },
  connect: (http, settings) => connectRezolve(http, settings),
};
