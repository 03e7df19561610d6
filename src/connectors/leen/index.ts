import type { Vendor } from "../connector.js";
import { undocumentedLimit } from "../retry-after.js";
import { connectLeen } from "./connector.js";
import { readFault } from "./faults.js";
import { leenSettings, type LeenSettings } from "./settings.js";

/** Leen's unified ITSM API, with a Jira behind it. */
export const leen: Vendor<LeenSettings> = {
  name: "leen",
  label: "LEEN",
  title: "Leen",
  settings: leenSettings,
  // One for each region: https://docs.leen.dev
  hosts: ["*.leen.dev"],
  // Leen's UUIDs, and the keys, numbers and account ids of the Jira behind it.
  idPattern: /^[A-Za-z0-9][A-Za-z0-9:_.-]{0,254}$/,
  capabilities: {
    batch: { read: 25, create: 50 },
    createSlots: 4,
    bulkCreate: "NATIVE",
    statusOnCreate: "transition",
    richText: "MARKDOWN",
    search: "JQL",
    guarantee: "EFFECTIVELY_ONCE",
    absence: "unsure",
    fieldDiscovery: true,
    comments: { read: false, write: false },
    attachments: { read: false, write: false },
    webhooks: false,
    sync: true,
    update: {
      fields: ["name", "description", "status", "statusCategory", "priority", "assigneeIds"],
      revision: "none",
    },
    draft: {
      // Jira's own limits: Leen passes texts on.
      nameMax: 255,
      descriptionMax: 32_767,
      project: "required",
      type: "required",
      status: true,
      assignees: 1,
      reporters: 0,
      parent: true,
      tags: false,
      dueDate: false,
      priority: true,
      customFields: false,
      identifier: true,
    },
  },
  wire: {
    api: ({ baseUrl }) => new URL(baseUrl),
    credentials: ({ credentials: { apiKey, connectionId } }) => ({
      "x-api-key": apiKey,
      "x-connection-id": connectionId,
    }),
    readFault,
    readLimit: undocumentedLimit,
  },
  connect: (http, settings) => connectLeen(http, settings),
};
