import type { Vendor } from "../connector.js";
import { connectJira } from "./connector.js";
import { richTextOf } from "../rich-text.js";
import { richText } from "./map.js";
import { jiraOAuth, readToken } from "./oauth.js";
import { readFault, readLimit, readPace } from "./faults.js";
import { jiraWebhooks } from "./webhook.js";
import { jiraSettings, type JiraSettings } from "./settings.js";

/** Jira Cloud over its REST API v3. */
export const jira: Vendor<JiraSettings> = {
  name: "jira",
  label: "JIRA",
  title: "Jira Cloud",
  settings: jiraSettings,
  // Sites, the older ones among them, and where OAuth's tokens are given out and taken.
  hosts: ["*.atlassian.net", "*.jira.com", "api.atlassian.com", "auth.atlassian.com"],
  webhooks: jiraWebhooks,
  oauth: jiraOAuth,
  // Project and issue keys, numbers, and account ids such as 557058:6b9c1b0e-7c0c-4a4f-8f0a-1f8d6c2d4c11.
  idPattern: /^[A-Za-z0-9][A-Za-z0-9:_.-]{0,254}$/,
  capabilities: {
    batch: { read: 100, create: 50, update: 200 },
    createSlots: 10,
    bulkCreate: "NATIVE",
    statusOnCreate: "transition",
    richText: "ADF",
    search: "JQL",
    guarantee: "EFFECTIVELY_ONCE",
    absence: "sure",
    fieldDiscovery: true,
    comments: { read: true, write: true },
    attachments: { read: true, write: true },
    webhooks: true,
    sync: true,
    update: {
      fields: [
        "name",
        "description",
        "status",
        "statusCategory",
        "priority",
        "assigneeIds",
        "parentId",
        "tags",
        "dueDate",
        "customFields",
      ],
      revision: "none",
    },
    draft: {
      nameMax: 255,
      descriptionMax: 32_767,
      project: "required",
      type: "required",
      status: true,
      assignees: 1,
      reporters: 1,
      parent: true,
      tags: true,
      dueDate: true,
      priority: true,
      customFields: true,
      identifier: true,
    },
  },
  wire: {
    api: ({ baseUrl, credentials }) =>
      "oauth" in credentials
        ? new URL(`${credentials.oauth.apiUrl}/ex/jira/${credentials.oauth.cloudId}`)
        : new URL(baseUrl),
    credentials: ({ credentials }, token) => {
      if ("oauth" in credentials) return { authorization: `Bearer ${token ?? ""}` };
      const { email, apiToken } = credentials;
      return { authorization: `Basic ${Buffer.from(`${email}:${apiToken}`).toString("base64")}` };
    },
    token: ({ credentials }, refreshToken) => {
      if (!("oauth" in credentials)) return undefined;
      const { clientId, clientSecret, refreshToken: first, authUrl } = credentials.oauth;
      return {
        url: new URL("/oauth/token", authUrl),
        body: {
          grant_type: "refresh_token",
          client_id: clientId,
          client_secret: clientSecret,
          refresh_token: refreshToken ?? first,
        },
        parse: readToken,
      };
    },
    readFault,
    readLimit,
    readPace,
  },
  readText: ({ format, text }) => (format === "ADF" ? richText(JSON.parse(text)) : richTextOf({ format, text })),
  connect: (http, settings) => connectJira(http, settings),
};
