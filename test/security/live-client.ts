import { createClient, type Client } from "graphql-ws";
import type { FormattedExecutionResult } from "graphql";
import { WebSocket } from "ws";

/** A client of subscriptions at a gateway, with this key. */
export function liveClient(url: string, key: string): Client {
  return createClient({
    url: `${url.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    // One socket for all that follows: a lazy client may close it while the next subscription begins.
    lazy: false,
    onNonLazyError: () => {},
    connectionParams: { "x-api-key": key },
  });
}

/** The first event of a subscription, or the errors that it is refused with. */
export function firstEvent(
  client: Client,
  payload: { readonly query: string; readonly variables?: Record<string, unknown> } & Record<string, unknown>,
): Promise<FormattedExecutionResult<Record<string, unknown>, unknown>> {
  return new Promise((resolve, reject) => {
    const end = client.subscribe(payload, {
      next: (event) => {
        resolve(event);
        end();
      },
      error: (errors) =>
        Array.isArray(errors)
          ? resolve({ errors: errors as FormattedExecutionResult["errors"] & object })
          : reject(errors as Error),
      complete: () => reject(new Error(`The subscription ended without an event: ${payload.query}`)),
    });
  });
}
