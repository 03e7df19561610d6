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
import { wrongMethod } from "./wrong-method.js";
import { wantsPage, type Explorer } from "./explorer.js";
import { answerKnown } from "./answer-known.js";
import { answerGraphql } from "./graphql-handler.js";
import type { KnownQueries } from "./known-queries.js";
import { note, costOf } from "./limits/told-cost.js";
import { isRefused } from "./limits/documents.js";
import type { Gate } from "./limits/gate.js";
import { admitHttp, isAsked, sendErrors } from "./limits/http-gate.js";
import { rateKeyOf, tooManyRequests } from "./limits/too-many-requests.js";
import type { Logger } from "./logger.js";
import type { Observer } from "./observe.js";
import { endOf, type OperationEnd } from "./outcome.js";
import { answerProbe, isProbe, type Probes } from "./probes.js";
import { within } from "./scope.js";
import { answerOAuth } from "./oauth.js";
import type { ServerOptions } from "./server-options.js";

/** What the routes work with. */
export interface Routes {
  readonly apollo: ApolloServer<object>;
  /** What needn't go through Apollo Server again; absent where Apollo Server runs operations by itself. */
  readonly known?: KnownQueries;
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
    | "formatError"
  >;
  readonly gate: Gate;
  readonly explorer: Explorer | undefined;
  readonly probes: Probes;
  readonly observer: Observer;
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
  /** Where it asks for an operation: how that ended. */
  operation?: OperationEnd;
}

/** Answers one request, whatever it is; never throws. */
export async function answerRequest(routes: Routes, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { requests } = routes.observer;
  const asker = requests.begin(req.headers, req.url ?? "");
  res.setHeader("x-request-id", asker.ids["requestId"] ?? "");
  return within({ asker }, async () => {
    const start = routes.now();
    const told: Told = { route: "none" };
    if (!(await answer(routes, req, res, told))) return requests.left(asker);
    const { route: name, caller, operation } = told;
    const { statusCode: status } = res;
    const who = { tenant: caller?.tenantId, key: caller?.name, operation };
    requests.answered(asker, { method: req.method ?? "", route: name, status, ms: routes.now() - start, ...who });
  });
}

/** Answers; false where the client went away first. */
async function answer(routes: Routes, req: IncomingMessage, res: ServerResponse, told: Told): Promise<boolean> {
  if (routes.options.isHttps) res.setHeader("strict-transport-security", "max-age=31536000");
  try {
    await route(routes, req, res, told);
  } catch (error) {
    if (error instanceof ClientGone) return false;
    if (!(error instanceof Refusal))
      routes.log.error({ err: error, route: told.route }, "a request failed by a fault of ours");
    const refusal = error instanceof Refusal ? error : FAULT;
    if (told.operation) told.operation = refusedBy(told.operation, refusal);
    sendRefusal(res, refusal);
  }
  return true;
}

function refusedBy({ name }: OperationEnd, { status, code }: Refusal): OperationEnd {
  return { name, outcome: status >= 500 ? "failed" : "refused", codes: [code] };
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
  if (isProbe(path)) {
    told.route = path;
    return answerProbe(routes.probes, path, req, res);
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

  told.operation = NOT_RUN;
  const who = await options.authenticate(req.headers);
  if ("refused" in who) {
    cutUnread(req, res, lingerMs);
    throw authRefusal(who.refused);
  }
  const caller = { ...who.caller, from: addressOf(req, options.trustedProxies) };
  told.caller = caller;
  const allowance = await options.rateLimit?.(rateKeyOf(caller));
  if (allowance?.isAllowed === false) {
    cutUnread(req, res, lingerMs);
    throw tooManyRequests(allowance);
  }
  const sent = req.method === "POST" ? await readBody(routes, req, res) : undefined;
  told.operation = { ...NOT_RUN, name: operationName(sent) };
  const admitted = admitHttp(gate, caller, req, sent);
  if (isRefused(admitted)) {
    told.operation = endOf({ errors: admitted }, { name: operationName(sent) });
    return sendErrors(req, res, admitted);
  }
  const cost = costOf(admitted.cost, allowance);
  const ended = (end: OperationEnd): void => {
    told.operation = end.type ? end : { ...end, name: told.operation?.name };
  };
  const noted = { ...(cost && { cost }), mayIntrospect: gate.mayIntrospect(caller), ended };
  const context = (): object | Promise<object> => options.context(caller, req.headers);
  const {
    known,
    options: { formatError },
  } = routes;
  const asked = sent === undefined ? undefined : admitted.body;
  if (known && isAsked(asked) && (await answerKnown({ known, formatError }, req, res, asked, noted, context))) return;
  await answerGraphql(apollo, req, res, admitted, async () => note(await context(), noted), UNKEPT);
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

const NOT_RUN: OperationEnd = { outcome: "refused", codes: [] };

function operationName(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("operationName" in body)) return undefined;
  return typeof body.operationName === "string" ? body.operationName.slice(0, 100) : undefined;
}
