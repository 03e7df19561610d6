/**
 * The status of a document that can't be run: a client that asks for `application/json` by name gets 200, every other client 400:
 * https://graphql.github.io/graphql-over-http/draft/#sec-application-json
 */
export function refusedStatus(accept: string): 200 | 400 {
  return /application\/json/i.test(accept) && !/application\/graphql-response\+json/i.test(accept) ? 200 : 400;
}
