import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import type { RunningServer } from "../../src/server/http.js";
import { hasBrowser, openBrowser } from "./browser.js";
import { KEY, startToy, toySchema } from "./toy.js";

const SAMPLE = `query Greeting {\n  hello(name: "Ada")\n}\n`;
const withoutBrowser = "(no browser here: set CHROMIUM_PATH to a Chromium to run it)";

(hasBrowser ? describe : describe.skip)(`the explorer in a browser ${hasBrowser ? "" : withoutBrowser}`, () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page;
  const left: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    server = await startToy({
      schema: toySchema(
        'type Query { hello(name: String = "world"): String! } type Mutation { touch: String! } type Subscription { greetings: String! }',
        {
          hello: (_, { name }) => `Hello, ${String(name)}!`,
          greetings: async function* () {
            yield { greetings: "Hello over a socket!" };
          },
        },
      ),
      explorer: { kind: "graphiql", sampleQuery: SAMPLE, headers: { "X-API-Key": KEY } },
      bodyLimit: 100_000,
    });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on("request", (request) => {
      if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(server.url)) left.push(request.url());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  it("opens with the sample query and the key filled in", async () => {
    await page.goto(`${server.url}/`);
    expect(page.url()).toBe(`${server.url}/graphql`);
    await page.getByText("hello", { exact: true }).first().waitFor();
    await page.getByText(KEY).first().waitFor();
    expect(await page.title()).toBe("Ticketgraph");
  });

  it("shows the result when the run button is pressed", async () => {
    await page.getByRole("button", { name: /execute/i }).click();
    await page.getByText("Hello, Ada!").first().waitFor();
  });

  it("knows the schema, so that its docs can be read", async () => {
    await page
      .getByRole("button", { name: /documentation explorer/i })
      .first()
      .click();
    await page.getByText("Root Types").first().waitFor();
    await page
      .getByRole("link", { name: "Mutation" })
      .or(page.getByText("Mutation", { exact: true }))
      .first()
      .waitFor();
  });

  it("still has the key after a reload", async () => {
    await page.reload();

    await page.getByText(KEY).first().waitFor();
    await page.getByRole("button", { name: /execute/i }).click();
    await page.getByText("Hello, Ada!").first().waitFor();
  });

  it("subscribes with the key of the editor Headers", async () => {
    await page.goto(`${server.url}/graphql?query=${encodeURIComponent("subscription Live { greetings }")}`);
    await page.getByText("greetings").first().waitFor();
    await page.getByRole("button", { name: /execute/i }).click();
    await page.getByText("Hello over a socket!").first().waitFor();
  });

  it("asks no other host for anything and breaks no rule of its policy", async () => {
    expect(left).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
