import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { inspect } from "node:util";
import { VendorError } from "../../src/domain/errors.js";
import { codeOf, type TicketErrorCode } from "../../src/domain/ticket-error.js";
import type { FaultRule } from "../../src/sandbox/faults.js";
import { createLogger } from "../../src/server/logger.js";
import { openObserver } from "../../src/server/observe.js";
import { draftFor, type Opened, type Subject } from "./subject.js";

const INTERACTIVE = { lane: "interactive" } as const;

interface Trouble {
  readonly rule: Omit<FaultRule, "operation">;
  readonly code: TicketErrorCode;
  readonly retryable: boolean;
  /** What it makes of a create. */
  readonly state: "rejected" | "unknown";
}
const TROUBLES: readonly Trouble[] = [
  { rule: { kind: "429", retryAfter: 60 }, code: "VENDOR_RATE_LIMITED", retryable: true, state: "rejected" },
  { rule: { kind: "status", status: 503 }, code: "VENDOR_UNAVAILABLE", retryable: true, state: "unknown" },
  { rule: { kind: "auth-401" }, code: "VENDOR_UNAUTHORIZED", retryable: false, state: "rejected" },
  { rule: { kind: "html-200" }, code: "VENDOR_BAD_RESPONSE", retryable: false, state: "unknown" },
  { rule: { kind: "html-404" }, code: "NOT_FOUND", retryable: false, state: "rejected" },
  { rule: { kind: "reset" }, code: "VENDOR_UNAVAILABLE", retryable: true, state: "unknown" },
  { rule: { kind: "commit-reset" }, code: "VENDOR_UNAVAILABLE", retryable: true, state: "unknown" },
  { rule: { kind: "truncated" }, code: "VENDOR_BAD_RESPONSE", retryable: false, state: "unknown" },
  { rule: { kind: "empty" }, code: "VENDOR_BAD_RESPONSE", retryable: false, state: "unknown" },
  { rule: { kind: "null-body" }, code: "VENDOR_BAD_RESPONSE", retryable: false, state: "unknown" },
];

const HOSTILE = [
  "../../x",
  "..",
  ".",
  "%2e%2e",
  "%2e%2e%2fx",
  "a/b",
  "a\\b",
  "x\r\nX-Evil: 1",
  '" OR 1=1',
  "' OR ''='",
  "x' OR Status='new",
  'PLAT") OR (1=1',
  "x?y=1",
  "x#y",
  "\0",
  "\u202ex",
  "\ud800",
];

const PLACE = { tenantId: "acme", connectionId: "trouble" };

/** Vendors that misbehave, and callers that do. */
export function describeTrouble(subject: Subject): void {
  describe("trouble", () => {
    let opened: Opened;
    const log: string[] = [];
    const logger = createLogger("trace", { write: (line) => void log.push(line) });
    const options = {
      http: { timeoutMs: 5_000, breakerFailures: 10_000, retriesSaved: 10_000 },
      events: openObserver(logger).enter(PLACE, new URL("http://127.0.0.1")).http,
    };
    beforeAll(async () => {
      opened = await subject.open(options);
    });
    afterEach(() => opened.sandbox?.faults.clear());
    afterAll(() => opened.close());

    const isSilent = (text: string): boolean => opened.secrets.every((secret) => !text.includes(secret));

    it.each(TROUBLES)(
      "$rule.kind $rule.status gives $code, and a create $state",
      async ({ rule, code, retryable, state }) => {
        const { sandbox, connection, creating } = opened;
        if (!sandbox) return;
        const draft = draftFor(opened, "In trouble");
        // What is asked before a create is remembered, so that the trouble is the create's own.
        const [before] = await connection.createTickets([draft], INTERACTIVE);
        if (before?.state !== "done") throw before?.error;
        sandbox.faults.add({ ...rule, operation: creating });
        const [outcome] = await connection.createTickets([draft], INTERACTIVE);
        sandbox.faults.clear();
        if (!outcome || outcome.state === "done") throw new Error("A ticket was made in trouble.");
        expect([outcome.state, codeOf(outcome.error)]).toEqual([state, { code, retryable }]);
        expect(isSilent(inspect(outcome.error, { depth: 20 }))).toBe(true);

        if (rule.kind === "html-404") return;
        sandbox.faults.add(rule);
        const error: unknown = await connection.ticket(before.value.vendorId).catch((failure: unknown) => failure);
        if (!(error instanceof VendorError)) throw new Error(`${inspect(error)} is no VendorError.`);
        expect(codeOf(error)).toEqual({ code, retryable });
        expect(isSilent(inspect(error, { depth: 20 }))).toBe(true);
        sandbox.faults.clear();
        // A limit that was told holds for a while; the next trouble must not meet it.
        if (rule.kind === "429") {
          await opened.close();
          opened = await subject.open(options);
        }
      },
    );

    it.each(HOSTILE)("the id %j names nothing and gets nowhere", async (id) => {
      const { connection, sandbox } = opened;
      const before = sandbox?.calls.length ?? 0;
      const asked = [
        connection.ticketNamed(id),
        connection.ticket(id),
        connection.project(id),
        connection.issueType(id),
        connection.user(id),
      ];
      for (const answer of await Promise.allSettled(asked)) {
        if (answer.status === "fulfilled") expect(answer.value).toBeNull();
        else expect(answer.reason).toBeInstanceOf(VendorError);
      }
      // Whoever gets past the first door meets the second: paths are encoded, segment by segment.
      const inPaths = [
        connection.listIssueTypes(id, { first: 1 }),
        connection.listAssignableUsers(id, undefined, { first: 1 }),
        ...(opened.connection.capabilities.comments.read ? [connection.parts.listComments(id, { first: 1 })] : []),
      ];
      for (const answer of await Promise.allSettled(inPaths))
        if (answer.status === "rejected") expect(answer.reason).toBeInstanceOf(VendorError);
      for (const { path } of sandbox?.calls.slice(before) ?? []) {
        expect(path).toMatch(/^[!-~]+$/);
        expect(new URL(path, "http://a.example").pathname).toBe(path);
        expect(decodeURIComponent(path).split("/").length).toBeGreaterThanOrEqual(path.split("/").length);
        expect(path).not.toMatch(/[?#"\\]/);
      }
      for (const { headers } of sandbox?.calls.slice(before) ?? []) expect(headers).not.toHaveProperty("x-evil");
    });

    it("leaves no secret in the log", () => {
      if (opened.sandbox) expect(log.length).toBeGreaterThan(5);
      expect(isSilent(log.join(""))).toBe(true);
    });
  });
}
