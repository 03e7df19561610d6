import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { CheckState, ConnectionCheckName } from "../../src/domain/connection-test.js";
import type { FaultRule } from "../../src/sandbox/faults.js";
import { testConnection } from "../../src/operations/test-connection.js";
import type { Opened, Subject } from "./subject.js";

/** At which check each trouble shows. */
const TROUBLES: readonly (readonly [rule: FaultRule, at: ConnectionCheckName])[] = [
  [{ kind: "auth-401" }, "SIGN_IN"],
  [{ kind: "status", status: 403 }, "READ"],
  [{ kind: "429", retryAfter: 60 }, "READ"],
  [{ kind: "status", status: 503 }, "ADDRESS"],
  [{ kind: "html-200" }, "ADDRESS"],
  [{ kind: "html-404" }, "ADDRESS"],
  [{ kind: "empty" }, "ADDRESS"],
  [{ kind: "truncated" }, "ADDRESS"],
  [{ kind: "reset" }, "ADDRESS"],
  [{ kind: "hang" }, "ADDRESS"],
];

/** A connection can be tested, cheaply and without a trace, and the test names what is wrong. */
export function describeAccess(subject: Subject): void {
  describe("a test of the connection", () => {
    let opened: Opened;
    beforeAll(async () => {
      opened = await subject.open();
    });
    afterEach(() => opened.sandbox?.faults.clear());
    afterAll(() => opened.close());

    it("finds nothing wrong, by few calls that write nothing", async () => {
      const before = opened.sandbox?.calls.length ?? 0;
      const { ok, checks } = await testConnection(opened.connection);
      expect(checks.filter(({ state }) => state === "FAILED")).toEqual([]);
      expect(ok).toBe(true);
      const states = Object.fromEntries(checks.map(({ name, state }) => [name, state]));
      expect(states).toMatchObject({ ADDRESS: "PASSED", SIGN_IN: "PASSED", CLOCK: "PASSED", READ: "PASSED" });
      const calls = opened.sandbox?.calls.slice(before) ?? [];
      expect(calls.length).toBeLessThanOrEqual(6);
      expect(calls.filter(({ method, path }) => method !== "GET" && !/token$/.test(path))).toEqual([]);
    });

    it.each(TROUBLES)("shows %o at %s, and tells no secret", async (rule, at) => {
      const { sandbox, connection, secrets } = opened;
      if (!sandbox) return;
      sandbox.faults.add(rule);
      const found = await testConnection(connection, { timeoutMs: 500 });
      const failed = found.checks.filter(({ state }: { readonly state: CheckState }) => state === "FAILED");
      expect(failed.map(({ name }) => name)).toEqual([at]);
      expect(failed[0]?.message).toMatch(/^[A-Z0-9].{10,}[.?]$/);
      expect(secrets.some((secret) => JSON.stringify(found).includes(secret))).toBe(false);
    });
  });
}
