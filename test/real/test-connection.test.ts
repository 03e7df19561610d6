import { describe, expect, it } from "@jest/globals";
import { randomUUID } from "node:crypto";
import { requestTracker as vendor } from "../../src/connectors/request-tracker/index.js";
import { testConnection } from "../../src/operations/test-connection.js";
import { connect } from "../support/connect.js";
import { askServer } from "../support/real-app.js";

const { REQUEST_TRACKER_URL: baseUrl = "", REQUEST_TRACKER_TOKEN: token = "" } = process.env;

async function checksOf(settings: object): Promise<Record<string, string>> {
  const connection = connect(vendor, settings);
  const { checks } = await testConnection(connection);
  await connection.close();
  return Object.fromEntries(checks.map(({ name, state, message }) => [name, `${state} ${message}`]));
}

describe("a test of a connection to a real Request Tracker", () => {
  it("names the queues in which tickets can be made", async () => {
    const checks = await checksOf({ baseUrl, credentials: { token } });
    expect(checks).toMatchObject({
      // Other tests make queues of their own.
      READ: expect.stringMatching(/^PASSED It may see (the queues )?General, Hardware, Security( and more)?\.$/),
      CREATE: expect.stringMatching(
        /^PASSED It may create tickets in (the queues )?General, Hardware, Security( and more)?\.$/,
      ),
    });
  });

  it("tells of a wrong token", async () => {
    expect((await checksOf({ baseUrl, credentials: { token: `${token}x` } }))["SIGN_IN"]).toContain(
      "FAILED Request Tracker refused the credentials",
    );
  });

  it("tells of an account that may do nothing", async () => {
    const [username, password] = [`nobody-${randomUUID().slice(0, 8)}`, randomUUID()];
    await askServer("POST", "user", { Name: username, Password: password, Privileged: 1 });
    const checks = await checksOf({ baseUrl, credentials: { username, password } });
    expect(checks["SIGN_IN"]).toContain("PASSED");
    expect(checks["READ"]).toContain("FAILED It sees no queue at all.");
    expect(checks["CREATE"]).toContain(
      "FAILED It may create tickets in no queue. Give the account the right CreateTicket",
    );
  });

  it("tells of an address where there is something else", async () => {
    const checks = await checksOf({ baseUrl: `${baseUrl}/elsewhere`, credentials: { token } });
    expect(checks["ADDRESS"]).toContain("FAILED");
    expect(checks["ADDRESS"]).toContain("Check the connection's base URL.");
  });
});
