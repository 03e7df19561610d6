import { type Answer, KEY, type TestApp } from "./app.js";

/** An answer of the gateway with all that HTTP tells of it. */
interface Posted {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Answer;
}

/** Posts a document with the tenant's key, or with whatever the headers say instead. */
export async function post(
  { app }: Pick<TestApp, "app">,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = { "x-api-key": KEY },
): Promise<Posted> {
  const response = await fetch(`${app.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer };
}
