import { jwtVerify } from "jose";
import { z } from "zod";
import { isSignedWith, type WebhookMessage, type WebhookScheme } from "../webhook.js";

const id = z.union([z.string(), z.number()]).transform(String);
const Event = z.looseObject({
  webhookEvent: z.string(),
  timestamp: z.number().nullish(),
  issue: z.looseObject({ id }).nullish(),
});

/** Jira tries again up to five times, a quarter of an hour apart: https://developer.atlassian.com/cloud/jira/platform/webhooks/ */
const MAX_AGE_MS = 7_200_000;

/** Events of issues, and of their comments, files and links, all name the issue. */
function read(json: unknown, headers: Readonly<Record<string, string>>): WebhookMessage {
  const { timestamp, issue } = Event.parse(json);
  return {
    deliveryId: headers["x-atlassian-webhook-identifier"] ?? null,
    sentAt: timestamp == null ? null : new Date(timestamp),
    ticketIds: issue ? [issue.id] : [],
  };
}

/** What an administrator's webhook with a secret sends: the body's HMAC in X-Hub-Signature. */
const signed: WebhookScheme = {
  fits: ({ headers }) => headers["x-hub-signature"] !== undefined,
  verify: ({ body, headers }, secret) => isSignedWith(secret, body, headers["x-hub-signature"] ?? ""),
  read: (json, { headers }) => read(json, headers),
  maxAgeMs: MAX_AGE_MS,
};

/** What an app's webhook sends: a token signed with the app's client secret, which ends by itself. */
const ofApp: WebhookScheme = {
  fits: ({ headers }) => /^(JWT|Bearer) /i.test(headers["authorization"] ?? ""),
  async verify({ headers }, secret) {
    const [, token = ""] = (headers["authorization"] ?? "").split(" ");
    try {
      await jwtVerify(token, Buffer.from(secret), {
        algorithms: ["HS256"],
        requiredClaims: ["exp", "iat"],
        clockTolerance: 60,
      });
      return true;
    } catch {
      return false;
    }
  },
  read: (json, { headers }) => read(json, headers),
  maxAgeMs: MAX_AGE_MS,
};

/** https://developer.atlassian.com/cloud/jira/platform/webhooks/ */
export const jiraWebhooks: readonly WebhookScheme[] = [signed, ofApp];
