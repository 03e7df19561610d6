import type { Scope } from "../../src/domain/caller.js";
import type { TestApp } from "./app.js";

const CREATE = `mutation ($input: CreateApiKeyInput!) {
  createApiKey(input: $input) { key apiKey { id } errors { message } } }`;

/** A new key of the tenant, by createApiKey; whatever is given is the mutation's input. */
export async function makeKey(
  test: TestApp,
  name: string,
  scopes: readonly Scope[],
  more: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly key: string; readonly id: string }> {
  const { data } = await test.query(CREATE, { input: { name, scopes, ...more } });
  const { key, apiKey, errors } = data.createApiKey;
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return { key, id: apiKey.id };
}
