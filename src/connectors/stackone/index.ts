import type { Vendor } from "../connector.js";
import { connectStackOne } from "./connector.js";
import { createInput } from "./create-input.js";
import { readFault, readLimit } from "./faults.js";
import { stackOneSettings, type StackOneSettings } from "./settings.js";

/** StackOne's unified ticketing API. */
export const stackone: Vendor<StackOneSettings> = {
  name: "stackone",
  label: "STACKONE",
  title: "StackOne",
  settings: stackOneSettings,
  hosts: ["api.stackone.com", "api.eu1.stackone.com"],
  createInput,
  // StackOne gives up on the system behind it after 60 s and says so: who hangs up before never learns.
  timeoutMs: 70_000,
  idPattern: /^[\p{L}\p{N}][\p{L}\p{N}:_.=+-]{0,254}$/u,
  capabilities: {
    batch: { read: 10, create: 10 },
    createSlots: 2,
    bulkCreate: "FAN_OUT",
    statusOnCreate: "no",
    richText: "HTML",
    search: null,
    guarantee: "EFFECTIVELY_ONCE",
    // Not every system behind StackOne keeps tags.
    absence: "unsure",
    fieldDiscovery: true,
    comments: { read: true, write: false },
    attachments: { read: true, write: false },
    webhooks: false,
    sync: true,
    update: {
      fields: [
        "name",
        "description",
        "status",
        "statusCategory",
        "priority",
        "assigneeIds",
        "reporterIds",
        "parentId",
        "tags",
        "customFields",
      ],
      revision: "none",
    },
    draft: {
      // StackOne names no limits; the systems behind it have their own, and say so themselves.
      nameMax: 10_000,
      descriptionMax: 1_000_000,
      project: "optional",
      type: "optional",
      status: false,
      assignees: 50,
      reporters: 50,
      parent: true,
      tags: true,
      dueDate: false,
      priority: true,
      customFields: true,
      identifier: false,
    },
  },
  wire: {
    api: ({ baseUrl }) => new URL(baseUrl),
    credentials: ({ credentials: { apiKey }, accountId }) => ({
      authorization: `Basic ${Buffer.from(`${apiKey}:`).toString("base64")}`,
      "x-account-id": accountId,
      // Without one StackOne may answer 403.
      "user-agent": "ticketgraph",
    }),
    readFault,
    readLimit,
  },
  connect: (http, settings) => connectStackOne(http, settings),
};
