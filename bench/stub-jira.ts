import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { startJiraSandbox } from "../src/sandbox/jira/server.js";

/** A vendor that answers at once: the pages of a small Jira, rendered beforehand, with other numbers each time round. */
interface StubJira {
  readonly url: string;
  readonly email: string;
  readonly apiToken: string;
  /** The ids of some issues. */
  readonly ids: readonly string[];
  close(): void;
}

const PAGE = 100;

/** Serves so many issues, a hundred a page; and any of them by id. */
export async function startStubJira(count: number): Promise<StubJira> {
  const jira = await startJiraSandbox({ issues: 1_000, packs: false });
  const { email, apiToken } = jira;
  const ask = async (path: string, body: object): Promise<string> => {
    const response = await fetch(`${jira.url}/rest/api/3/${path}`, {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`${email}:${apiToken}`).toString("base64")}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(body),
    });
    return response.text();
  };
  const fields = ["*all", "-comment", "-worklog", "-attachment"];
  const issues: string[] = [];
  for (let token: string | undefined; ;) {
    const jql = "created >= 1970-01-02 ORDER BY created ASC";
    const asked = {
      jql,
      maxResults: PAGE,
      fields,
      properties: ["ticketgraph"],
      ...(token && { nextPageToken: token }),
    };
    const page = JSON.parse(await ask("search/jql", asked)) as { issues: object[]; nextPageToken?: string };
    issues.push(...page.issues.map((issue) => JSON.stringify(issue)));
    token = page.nextPageToken;
    if (token === undefined) break;
  }
  await jira.close();
  // Each issue's own number stands in its text where its id and key are.
  const templates = issues.map((text) => {
    const { id, key } = JSON.parse(text) as { id: string; key: string };
    return text.replaceAll(`"${id}"`, '"@id@"').replaceAll(`/${id}"`, '/@id@"').replaceAll(`"${key}"`, '"BIG-@id@"');
  });
  const issueOf = (n: number): string =>
    (templates[n % templates.length] ?? "").replaceAll("@id@", String(100_000 + n));
  const pages = Math.ceil(count / PAGE);
  const pageOf = (page: number): string => {
    const size = Math.min(PAGE, count - page * PAGE);
    const texts = Array.from({ length: size }, (_, n) => issueOf(page * PAGE + n));
    const next = page + 1 < pages ? `,"nextPageToken":"${page + 1}"` : "";
    return `{"issues":[${texts.join(",")}]${next},"isLast":${page + 1 >= pages}}`;
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => void chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString() || "{}") as {
        nextPageToken?: string;
        issueIdsOrKeys?: string[];
      };
      const byId = body.issueIdsOrKeys?.map((id) => issueOf(Number(id) - 100_000));
      const text = byId ? `{"issues":[${byId.join(",")}]}` : pageOf(Number(body.nextPageToken ?? 0));
      response.writeHead(200, { "content-type": "application/json" }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    email,
    apiToken,
    ids: Array.from({ length: Math.min(500, count) }, (_, n) => String(100_000 + n)),
    close: () => server.closeAllConnections(),
  };
}
