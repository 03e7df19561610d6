import type { IncomingMessage, ServerResponse } from "node:http";
import type { ApolloServer } from "@apollo/server";
import type { Caller } from "../domain/caller.js";
import { sendAttachment, takeAttachments } from "./attachments.js";
import { authRefusal } from "./auth-refusal.js";
import { Refusal, sendEmpty, sendRefusal, UNKEPT } from "./answer.js";
import { ClientGone, cutUnread, readJson, saysJson } from "./body.js";
import { addressOf } from "./address-of.js";
import { allowOrigin, answerOptions } from "./cors.js";
import { answerWebhook } from "./webhooks.js";
import { wantsPage, type Explorer } from "./explorer.js";
import { answerGraphql } from "./graphql-handler.js";
import { answerHealth, answerReadiness, type Readiness } from "./health.js";
import { note, costOf } from "./limits/told-cost.js";
import { isRefused } from "./limits/documents.js";
import type { Gate } from "./limits/gate.js";
import { admitHttp, sendErrors } from "./limits/http-gate.js";
import { rateKeyOf, tooManyRequests } from "./limits/too-many-requests.js";
import type { Logger } from "./logger.js";
import { logRequest } from "./observe.js";
import { answerOAuth } from "./oauth.js";
import type { ServerOptions } from "./server-options.js";

/** What the routes work with. */
export interface Routes {
  readonly apollo: ApolloServer<object>;
  readonly options: Pick<
    ServerOptions,
    | "authenticate"
    | "context"
    | "corsOrigins"
    | "bodyLimit"
    | "attachments"
    | "webhooks"
    | "oauth"
    | "rateLimit"
    | "isHttps"
    | "trustedProxies"
  >;
  readonly gate: Gate;
  readonly explorer: Explorer | undefined;
  readonly ready: Readiness;
  readonly log: Logger;
  /** Milliseconds from any beginning. */
  readonly now: () => number;
  /** How long a client may go on sending a body that nobody reads. */
  readonly lingerMs: number;
}

/** What the log is told of a request, filled in as it becomes known. */
interface Told {
  route: string;
  caller?: Caller;
  operation?: string;
}

/** Answers one request, whatever it is; never throws. */
export async function answerRequest(routes: Routes, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { log, now } = routes;
  const start = now();
  const told: Told = { route: "none" };
  if (routes.options.isHttps) res.setHeader("strict-transport-security", "max-age=31536000");
  try {
    await route(routes, req, res, told);
  } catch (error) {
    if (error instanceof ClientGone) return;
    if (!(error instanceof Refusal))
      log.error({ err: error, route: told.route }, "a request failed by a fault of ours");
    sendRefusal(res, error instanceof Refusal ? error : FAULT);
  }
  const { route: name, caller, operation } = told;
  const status = res.statusCode;
  const who = { tenant: caller?.tenantId, key: caller?.name, operation };
  logRequest(log, { method: req.method ?? "", route: name, status, ms: now() - start, ...who });
}

const FAULT = new Refusal(500, "INTERNAL_SERVER_ERROR", "The server failed to answer. Try again; its log says why.");

async function route(routes: Routes, req: IncomingMessage, res: ServerResponse, told: Told): Promise<void> {
  const path = (req.url ?? "").split("?", 1)[0];
  if (path === "/graphql") {
    told.route = path;
    return graphql(routes, req, res, told);
  }
  cutUnread(req, res, routes.lingerMs);
  const [, attachment] = /^\/attachments\/([^/]+)$/.exec(path ?? "") ?? [];
  if (attachment !== undefined && routes.options.attachments) {
    told.route = "/attachments";
    return attachments(routes, req, res, told, decoded(attachment));
  }
  const [, webhook] = /^\/webhooks\/([^/]+)$/.exec(path ?? "") ?? [];
  if (webhook !== undefined && routes.options.webhooks) {
    told.route = "/webhooks";
    if (req.method !== "POST") throw wrongMethod(req, "POST");
    return answerWebhook(routes.options.webhooks, decoded(webhook), routes.options.bodyLimit, req, res);
  }
  const [, vendor, step] = /^\/oauth\/([a-z-]+)\/(start|callback)$/.exec(path ?? "") ?? [];
  if (vendor !== undefined && routes.options.oauth) {
    told.route = `/oauth/${step}`;
    // Nothing but a browser that a person sits at: what looks at links beforehand would use them up.
    if (req.method !== "GET") throw wrongMethod(req, "GET");
    return answerOAuth(routes.options.oauth, vendor, step === "start", req, res);
  }
  if (path === "/healthz" || path === "/readyz") {
    told.route = path;
    if (req.method === "OPTIONS") return sendEmpty(res, 204, { allow: "GET, HEAD, OPTIONS" });
    if (req.method !== "GET" && req.method !== "HEAD") throw wrongMethod(req, "GET, HEAD, OPTIONS");
    if (path === "/healthz") return answerHealth(res);
    return answerReadiness(res, routes.ready, (error) =>
      routes.log.error({ err: error }, "the readiness check failed"),
    );
  }
  if (path === "/" && routes.explorer && wantsPage(req)) return sendEmpty(res, 302, { location: "/graphql" });
  throw new Refusal(
    404,
    "NOT_FOUND",
    "There is nothing here. The API is at /graphql, files are at /attachments; /healthz and /readyz tell how it is.",
  );
}

async function attachments(
  { options }: Routes,
  req: IncomingMessage,
  res: ServerResponse,
  told: Told,
  name: string,
): Promise<void> {
  const { attachments } = options;
  allowOrigin(req, res, options.corsOrigins);
  if (req.method === "OPTIONS") return answerOptions(req, res, "GET, POST, OPTIONS");
  if (req.method !== "POST" && req.method !== "GET") throw wrongMethod(req, "GET, POST, OPTIONS");
  const known = await options.authenticate(req.headers);
  if ("refused" in known) throw authRefusal(known.refused);
  const caller = { ...known.caller, from: addressOf(req, options.trustedProxies) };
  told.caller = caller;
  const allowance = await options.rateLimit?.(rateKeyOf(caller));
  if (allowance?.isAllowed === false) throw tooManyRequests(allowance);
  if (!attachments) return;
  if (req.method === "GET") return sendAttachment(attachments.desk, caller, name, res);
  await takeAttachments(attachments, caller, name, req, res);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

async function graphql(routes: Routes, req: IncomingMessage, res: ServerResponse, told: Told): Promise<void> {
  const { apollo, gate, options, explorer, lingerMs } = routes;
  allowOrigin(req, res, options.corsOrigins);
  if (req.method !== "POST") cutUnread(req, res, lingerMs);
  if (req.method === "OPTIONS") return answerOptions(req, res, "GET, POST, OPTIONS");
  if (explorer && wantsPage(req)) return explorer.answer(req, res);
  if (req.method !== "POST" && req.method !== "GET") throw wrongMethod(req, "GET, POST, OPTIONS");

  const known = await options.authenticate(req.headers);
  if ("refused" in known) {
    cutUnread(req, res, lingerMs);
    throw authRefusal(known.refused);
  }
  const caller = { ...known.caller, from: addressOf(req, options.trustedProxies) };
  told.caller = caller;
  const allowance = await options.rateLimit?.(rateKeyOf(caller));
  if (allowance?.isAllowed === false) {
    cutUnread(req, res, lingerMs);
    throw tooManyRequests(allowance);
  }
  const sent = req.method === "POST" ? await readBody(routes, req, res) : undefined;
  told.operation = operationName(sent);
  const admitted = admitHttp(gate, caller, req, sent);
  if (isRefused(admitted)) return sendErrors(req, res, admitted);
  const cost = costOf(admitted.cost, allowance);
  const noted = { ...(cost && { cost }), mayIntrospect: gate.mayIntrospect(caller) };
  const context = async (): Promise<object> => note(await options.context(caller, req.headers), noted);
  await answerGraphql(apollo, req, res, admitted, context, UNKEPT);
}

async function readBody({ options, lingerMs }: Routes, req: IncomingMessage, res: ServerResponse): Promise<unknown> {
  try {
    if (saysJson(req)) return await readJson(req, options.bodyLimit);
    const found = req.headers["content-type"] ?? "none";
    const message = `The request's Content-Type is ${found}. Send JSON with the header "Content-Type: application/json".`;
    throw new Refusal(415, "UNSUPPORTED_MEDIA_TYPE", message);
  } catch (error) {
    cutUnread(req, res, lingerMs);
    throw error;
  }
}

function wrongMethod(req: IncomingMessage, allow: string): Refusal {
  const message = `The method ${req.method} is not allowed here. Use one of: ${allow}.`;
  return new Refusal(405, "METHOD_NOT_ALLOWED", message, { allow });
}

function operationName(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("operationName" in body)) return undefined;
  return typeof body.operationName === "string" ? body.operationName.slice(0, 100) : undefined;
}
