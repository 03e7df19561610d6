import { createTicket } from "../../support/create.js";
import { describe, expect, it } from "@jest/globals";
import { draft, openTestJira } from "./support.js";

describe("Jira by OAuth", () => {
  it("asks for one token for all, keeps the next refresh token, and speaks to the site by its cloud id", async () => {
    const { connection, jira, saved } = await openTestJira({ oauth: true });
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, n) => createTicket(connection, draft(`Number ${n}`))),
    );
    expect(outcomes.every(({ state }) => state === "done")).toBe(true);
    const paths = jira.calls.map(({ path }) => path);
    expect(paths.filter((path) => path === "/oauth/token")).toHaveLength(1);
    expect(
      paths
        .filter((path) => path !== "/oauth/token")
        .every((path) => path.startsWith(`/ex/jira/${jira.cloudId}/rest/`)),
    ).toBe(true);
    expect(saved).toEqual([jira.oauth.refreshToken]);
  });

  it("goes on with the rotated refresh token when the access token ends", async () => {
    const { connection, jira, saved } = await openTestJira({ oauth: true, sandbox: { accessTokenLifeMs: 1_000 } });
    expect(await connection.ticket("10001")).not.toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    const tickets = await Promise.all(["10002", "10003"].map((id) => connection.ticket(id)));
    expect(tickets.every((ticket) => ticket !== null)).toBe(true);
    expect(saved).toHaveLength(2);
    expect(saved.at(-1)).toBe(jira.oauth.refreshToken);
  });

  it("says how to go on when the refresh token is worth nothing any more", async () => {
    const { connection } = await openTestJira({
      settings: {
        credentials: {
          oauth: {
            clientId: "gone",
            clientSecret: "gone",
            refreshToken: "gone",
            cloudId: "1",
            ...(await addresses()),
          },
        },
      },
    });
    const error = await connection.ticket("10001").then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({
      code: "AUTH",
      message: expect.stringContaining("connect it again") as unknown as string,
    });
    expect(connection.state).toBe("UNAUTHORIZED");
  });

  async function addresses() {
    const { jira } = await openTestJira();
    return { authUrl: jira.url, apiUrl: jira.url };
  }
});
