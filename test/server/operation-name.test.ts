import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { KEY, startTestApp, type TestApp } from "../support/app.js";

const CREATE =
  'mutation Make { createTicket(input: { name: "Named" project: { vendorId: "PLAT" } type: { name: "Task" } }) { ticket { key } } }';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());

const made = () => [...test.jira.state.all()].filter(({ summary }) => summary === "Named").length;
const headers = { "x-api-key": KEY, "content-type": "application/json", "apollo-require-preflight": "1" };

describe("an operation's name that the document doesn't have", () => {
  it.each(["", "Other", "make"])(
    "(%j) runs nothing, whether it is posted or asked for by GET",
    async (operationName) => {
      const search = new URLSearchParams({ query: CREATE, operationName });
      const answers = [
        await fetch(`${test.app.url}/graphql`, {
          method: "POST",
          headers,
          body: JSON.stringify({ query: CREATE, operationName }),
        }),
        await fetch(`${test.app.url}/graphql?${search.toString()}`, { headers }),
      ];
      for (const answer of answers) {
        expect(await answer.json()).toEqual({
          errors: [{ message: `Unknown operation named "${operationName}".`, extensions: expect.any(Object) }],
          extensions: expect.any(Object),
        });
        expect(answer.status).toBe(400);
      }
      expect(made()).toBe(0);
    },
  );
});
