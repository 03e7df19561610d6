import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { FaultRule } from "../../../src/sandbox/faults.js";
import { startTestApp, type TestApp } from "../../support/app.js";
import { post } from "../../support/post.js";

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({ timeoutSeconds: 2 });
});
afterEach(async () => {
  test.jira.faults.clear();
  // It works as before, and its failures are forgotten: after several in a row the vendor would be left alone.
  expect((await post(test, SEARCH)).body.data?.searchTickets.nodes).toHaveLength(5);
});
afterAll(() => test.close());

const SEARCH = '{ searchTickets(query: "project = PLAT", first: 5) { nodes { id name description(format: HTML) } } }';

describe("a vendor that was taken over, or is broken", () => {
  it.each<FaultRule>([
    { kind: "html-200" },
    { kind: "truncated" },
    { kind: "empty" },
    { kind: "null-body" },
    { kind: "deep-json" },
    { kind: "huge", bytes: 64 * 1_048_576 },
    { kind: "gzipbomb", bytes: 256 * 1_048_576 },
    { kind: "slowloris" },
    { kind: "hang" },
    { kind: "reset-mid" },
  ])("is told as such, in words of ours, and nothing falls over: $kind", async (rule) => {
    test.jira.faults.add(rule);
    const before = process.memoryUsage().rss;
    const { status, body } = await post(test, SEARCH);
    expect(status).toBeLessThan(500);
    expect(body.errors?.[0]?.extensions?.["code"]).toMatch(/^VENDOR_/);
    expect(JSON.stringify(body)).not.toMatch(/<html|<form|\[\[\[/);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1_048_576);
    expect(body.errors?.[0]?.message).not.toContain("left alone");
  });

  it("puts no script into what people read", async () => {
    const evil = 'Hello <script>alert(1)</script> [click](javascript:alert(1)) <img src=x onerror="alert(1)">';
    const made = await test.query(
      `mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { name description(format: HTML) } errors { message } } }`,
      { input: { name: evil, description: evil, project: { vendorId: "PLAT" }, type: { name: "Task" } } },
    );
    expect(made.data.createTicket.errors).toEqual([]);
    const { description } = made.data.createTicket.ticket;
    expect(description).toContain("Hello");
    expect(description).not.toMatch(/<script|<img[^>]+onerror|href="javascript:/i);
  });

  it("leads nobody elsewhere: a redirect isn't followed", async () => {
    const headers = { location: "http://169.254.169.254/latest/meta-data/" };
    test.jira.faults.add({ kind: "status", status: 302, headers });
    const { body } = await post(test, SEARCH);
    expect(body.errors?.[0]?.message).toContain("redirect");
    expect(JSON.stringify(body)).not.toContain("169.254");
  });
});
