import type { IncomingMessage, ServerResponse } from "node:http";
import { sendEmpty } from "./answer.js";
import { answerHealth, answerReadiness, type Readiness } from "./health.js";
import { answerMetrics, type MetricsDoor } from "./metrics-page.js";
import { wrongMethod } from "./wrong-method.js";

/** What operators' machines ask: whether the process lives, whether it can work, and how it does. */
export interface Probes {
  readonly ready: Readiness;
  readonly metrics: MetricsDoor;
  /** Takes what a readiness check failed with. */
  readonly onFault: (error: unknown) => void;
}

const PATHS = ["/healthz", "/readyz", "/metrics"] as const;
type ProbePath = (typeof PATHS)[number];

/** Whether a path is one of theirs. */
export function isProbe(path: string | undefined): path is ProbePath {
  return PATHS.some((one) => one === path);
}

/** Answers one. Throws Refusal. */
export async function answerProbe(
  { ready, metrics, onFault }: Probes,
  path: ProbePath,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  if (req.method === "OPTIONS") return sendEmpty(res, 204, { allow: "GET, HEAD, OPTIONS" });
  if (req.method !== "GET" && req.method !== "HEAD") throw wrongMethod(req, "GET, HEAD, OPTIONS");
  switch (path) {
    case "/healthz":
      return answerHealth(res);
    case "/readyz":
      return answerReadiness(res, ready, onFault);
    case "/metrics":
      return answerMetrics(metrics, req, res);
  }
}
