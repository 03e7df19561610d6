import type { Answer } from "../answer.js";
import type { Reasons } from "./validate.js";

/** Errors of creates and updates. https://docs.rezolve.ai */
export function refuse(status: number, code: string, message: string): Answer {
  return { status, body: { error: true, code, message, status } };
}

/** Errors of everything else. */
export function refused(status: number, code: string, message: string, now: number): Answer {
  const timestamp = new Date(now).toISOString();
  return { status, body: { success: false, error: { code, message, details: null }, timestamp } };
}

export function invalid(reason: Reasons): Answer {
  return {
    status: 400,
    body: {
      error: true,
      code: "INPUT_VALIDATION_FAILURE",
      message: "There occured an error during ticket data validation",
      status: 400,
      validationResult: { result: false, reason },
    },
  };
}

/** What isn't there is told by a page. */
export const NOT_FOUND: Answer = {
  status: 404,
  body: "<!DOCTYPE html><html><head><title>Error</title></head><body><pre>Cannot find the requested resource</pre></body></html>",
};
export const NO_PERMISSION = refuse(
  401,
  "USER_PERMISSION_FAILURE",
  "You do not have the required permissions to create ticket",
);
export const NO_TENANT = refuse(404, "TENANT_NOT_FOUND", "Tenant not found");
