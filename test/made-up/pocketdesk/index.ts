import { z } from "zod";
import type { Vendor } from "../../../src/connectors/connector.js";
import { undocumentedLimit } from "../../../src/connectors/retry-after.js";
import { connectPocketdesk } from "./connector.js";
import { readFault } from "./wire.js";

const settings = z.strictObject({
  baseUrl: z.url({ protocol: /^https?$/ }),
  credentials: z.strictObject({ key: z.string().min(1) }),
});

/** Pocketdesk: desks, kinds, tickets. */
export const pocketdesk: Vendor<z.infer<typeof settings>> = {
  name: "pocketdesk",
  label: "POCKETDESK",
  title: "Pocketdesk",
  settings,
  // Whatever doesn't look like this is refused before it comes near an address.
  idPattern: /^[a-z0-9-]{1,40}$/,
  capabilities: {
    batch: { read: 50, create: 10 },
    createSlots: 2,
    bulkCreate: "FAN_OUT",
    statusOnCreate: "no",
    richText: "MARKDOWN",
    search: "TEXT",
    guarantee: "AT_MOST_ONCE",
    absence: "unsure",
    fieldDiscovery: false,
    comments: { read: false, write: false },
    attachments: { read: false, write: false },
    webhooks: false,
    sync: false,
    update: null,
    draft: {
      nameMax: 120,
      descriptionMax: 10_000,
      project: "required",
      type: "required",
      status: false,
      assignees: 1,
      reporters: 0,
      parent: false,
      tags: false,
      dueDate: false,
      priority: false,
      customFields: false,
      identifier: false,
    },
  },
  wire: {
    api: ({ baseUrl }) => new URL(baseUrl),
    credentials: ({ credentials }) => ({ "x-desk-key": credentials.key }),
    readFault,
    readLimit: undocumentedLimit,
  },
  connect: connectPocketdesk,
};
