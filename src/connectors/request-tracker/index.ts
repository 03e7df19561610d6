import type { Vendor } from "../connector.js";
import { undocumentedLimit } from "../retry-after.js";
import { connectRequestTracker } from "./connector.js";
import { readFault } from "./faults.js";
import { requestTrackerSettings, type RequestTrackerSettings } from "./settings.js";

/** Request Tracker 5 over REST2. */
export const requestTracker: Vendor<RequestTrackerSettings> = {
  name: "request-tracker",
  label: "REQUEST_TRACKER",
  title: "Request Tracker",
  settings: requestTrackerSettings,
  // Its servers have few workers, and an idle keep-alive connection holds one.
  pool: { connections: 2, concurrency: 2, keepAliveMs: 500 },
  // Numbers, queue names and user names (which may be mail addresses), without what a path or a line could be made of.
  idPattern: /^[\p{L}\p{N}][\p{L}\p{N} _.@+-]{0,119}$/u,
  capabilities: {
    batch: { read: 100, create: 25 },
    createSlots: 1,
    bulkCreate: "NATIVE",
    statusOnCreate: "yes",
    richText: "HTML",
    search: "TICKET_SQL",
    guarantee: "EFFECTIVELY_ONCE",
    absence: "sure",
    fieldDiscovery: true,
    comments: { read: true, write: true },
    attachments: { read: true, write: true },
    webhooks: true,
    sync: true,
    update: {
      fields: ["name", "status", "statusCategory", "priority", "assigneeIds", "parentId", "dueDate", "customFields"],
      revision: "optional",
    },
    draft: {
      // The column of the subject: https://docs.bestpractical.com/rt/5.0.3/
      nameMax: 200,
      descriptionMax: 1_000_000,
      project: "required",
      type: "optional",
      status: true,
      assignees: 1,
      reporters: 50,
      parent: true,
      tags: false,
      dueDate: true,
      priority: true,
      customFields: true,
      identifier: true,
    },
  },
  wire: {
    api: ({ baseUrl }) => new URL(baseUrl),
    credentials: ({ credentials }) => {
      if ("token" in credentials) return { authorization: `token ${credentials.token}` };
      const { username, password } = credentials;
      return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` };
    },
    readFault,
    // It has no limits of its own, but a proxy before it may.
    readLimit: undocumentedLimit,
  },
  connect: (http, settings) => connectRequestTracker(http, settings),
};
