import type { Answer } from "../answer.js";

/** StackOne's errors. https://docs.stackone.com/guides/unified-api-error-codes-and-troubleshooting-guide */
export function refuse(status: number, message: string, now: number, more: object = {}): Answer {
  return { status, body: { statusCode: status, message, timestamp: new Date(now).toISOString(), ...more } };
}

/** A refusal of the system behind, in its own words too. */
export function refusedBehind(message: string, raw: object, now: number): Answer {
  const url = "https://acme.atlassian.net/rest/api/3/issue";
  return refuse(400, message, now, {
    data: { statusCode: 400, message, headers: {} },
    provider_errors: [{ status: 400, url, raw, headers: {} }],
  });
}
