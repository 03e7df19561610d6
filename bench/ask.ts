import type { Pool } from "undici";
import { KEY } from "../test/faults/gateway.js";

/** Asks a gateway; throws where it answers with errors. */
export async function ask<T>(pool: Pool, query: string, variables: object = {}): Promise<T> {
  const { body } = await pool.request({
    method: "POST",
    path: "/graphql",
    headers: { "content-type": "application/json", "x-api-key": KEY },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await body.json()) as { data: T; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
