import type { ServerResponse } from "node:http";
import { sendJson } from "./answer.js";

/** Why the server can't do its work now; undefined: it can. */
export type Readiness = () => Promise<string | undefined>;

/** Answers that the process lives. */
export function answerHealth(res: ServerResponse): void {
  sendJson(res, 200, { status: "ok" });
}

/** Answers 200, or 503 with the reason. A check that throws counts as "not ready" and is given to `onFault`. */
export async function answerReadiness(
  res: ServerResponse,
  ready: Readiness,
  onFault: (error: unknown) => void,
): Promise<void> {
  const reason = await ready().catch((error: unknown) => {
    onFault(error);
    return "The readiness check itself failed; the log says why.";
  });
  if (reason === undefined) sendJson(res, 200, { status: "ready" });
  else sendJson(res, 503, { status: "unavailable", reason }, { "retry-after": "5" });
}
