import { ClientError, GraphQLClient } from "graphql-request";
import pRetry, { type Options } from "p-retry";
import { CliError } from "./cli-error.js";
import { getSdk, type Sdk } from "./generated/sdk.js";

/** How long a gateway that is away is waited for: about two minutes, longer than one takes to start anew. */
const PATIENCE: Options = { retries: 24, minTimeout: 500, factor: 1.5, maxTimeout: 6_000, randomize: true };
/** Nobody waits that long for a wrong address: the first word is tried twice. */
const FIRST_WORD: Options = { retries: 1, minTimeout: 300 };

/**
 * A gateway to speak to by its address and an API key. Every call may be repeated, for each start has a key of its own; so a
 * gateway that is away is asked again. Calls throw CliError.
 */
export function openClient(url: string, key: string): Sdk {
  const endpoint = endpointOf(url);
  let hasSpoken = false;
  return getSdk(new GraphQLClient(endpoint, { headers: { "x-api-key": key } }), async (call) => {
    const options = hasSpoken ? PATIENCE : FIRST_WORD;
    try {
      const answer = await pRetry(() => call(), { ...options, shouldRetry: ({ error }) => isPassing(error) });
      hasSpoken = true;
      return answer;
    } catch (error) {
      throw told(error, endpoint);
    }
  });
}

function endpointOf(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new CliError(`--url ${given}: this is not an address such as https://tickets.acme.example.`);
  return url.pathname === "/" ? new URL("/graphql", url).href : url.href;
}

/** No answer at all, or one of a proxy or a gateway that is starting, stopping or busy. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof ClientError)) return true;
  return [408, 429, 500, 502, 503, 504].includes(error.response.status);
}

function told(error: unknown, endpoint: string): unknown {
  if (!(error instanceof ClientError)) {
    if (!(error instanceof Error)) return error;
    const { cause } = error as { cause?: { readonly code?: unknown } };
    const reason = typeof cause?.code === "string" ? cause.code : error.message;
    return new CliError(`${endpoint} doesn't answer (${reason}).`);
  }
  const { status, errors } = error.response;
  if (status === 401 || status === 403) return new CliError(`${endpoint} doesn't let this key in. Check --key.`);
  if (status === 413)
    return new CliError("The gateway takes no request as long as this. Give a smaller --job-size, such as 1000.");
  if (errors && errors.length > 0) return new CliError(errors.map(({ message }) => message).join("\n"));
  return new CliError(`${endpoint} answers with status ${status}, which is no answer of Ticketgraph. Check --url.`);
}
