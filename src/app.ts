import "reflect-metadata";
import type { IncomingHttpHeaders } from "node:http";
import { openApiKeys } from "./auth/api-key.js";
import { authenticateBy } from "./auth/authenticate.js";
import { openJwt } from "./auth/jwt.js";
import { openStoredKeys } from "./auth/stored-keys.js";
import { createContext } from "./graphql/context.js";
import { formatError } from "./graphql/errors.js";
import { createSchema } from "./graphql/schema.js";
import {
  addAttachment,
  attachmentId,
  openAttachment,
  placeForAttachment,
  tellAttachment,
} from "./operations/attachments.js";
import { openJobProgress } from "./operations/bulk/job-progress.js";
import { compiledQueries } from "./server/compiled-queries.js";
import type { Executor } from "./server/executor.js";
import type { AttachmentDesk } from "./server/attachments.js";
import { openTicketChanges } from "./operations/sync/ticket-changes.js";
import { openWebhooks } from "./operations/webhooks/take-webhook.js";
import { startServer } from "./server/http.js";
import { openGateway, type GatewayOptions } from "./gateway/open-gateway.js";
import { gateOptions, rateLimitOf } from "./gateway/open-limits.js";
import { beginAuthorization, finishAuthorization } from "./operations/oauth/authorize.js";
import type { OAuthDoor } from "./server/oauth.js";
import type { Kernel } from "./operations/kernel.js";
import { whyNotReady } from "./gateway/why-not-ready.js";

/** What a gateway that listens is told beyond what it is made of. */
interface AppOptions extends GatewayOptions {
  /** What the explorer's editor holds at first. */
  readonly sampleQuery: string;
  /** Headers that the explorer sends from the start: only the demo knows a key to fill in. */
  readonly explorerHeaders?: Readonly<Record<string, string>>;
  /** What runs the operations; compiled queries unless told. */
  readonly executor?: Executor;
}

/** The whole gateway, listening. */
export interface App {
  readonly url: string;
  /** Lets requests under way finish, within 10 s, then ends everything. */
  close(): Promise<void>;
}

/** Puts the gateway together and starts it: the one place, with what it calls, that knows every folder. */
export async function startApp(options: AppOptions): Promise<App> {
  const { config, settings, log } = options;
  let url = config.publicUrl ?? "";
  const gateway = await openGateway({ ...options, publicUrl: () => url });
  const { kernel, store } = gateway;
  const keys = settings.tenants.flatMap(({ id, apiKeys }) => apiKeys.map((key) => ({ ...key, tenantId: id })));
  const tenants = new Set(settings.tenants.map(({ id }) => id));
  const hasTenant = (id: string): boolean => tenants.has(id);
  const onError = (error: unknown): void => log.error({ err: error }, "looking after API keys failed");
  const stored = await openStoredKeys({ store, hasTenant, onError });
  const jwt = settings.jwt && openJwt(settings.jwt, { hasTenant });
  const origin = ({ host }: IncomingHttpHeaders): string => config.publicUrl ?? `http://${host ?? "localhost"}`;
  const takeWebhook = openWebhooks(kernel);
  const ticketChanges = openTicketChanges(store);
  const jobProgress = openJobProgress(store);
  const schema = createSchema({ federation: config.federation });
  const start = async () =>
    startServer({
      schema,
      gate: await gateOptions(config, settings, kernel, schema),
      rateLimit: rateLimitOf(settings, kernel, log),
      isHttps: config.publicUrl?.startsWith("https:") ?? false,
      host: config.host,
      port: config.port,
      trustedProxies: config.trustedProxies,
      authenticate: authenticateBy({ keys: openApiKeys(keys), stored, ...(jwt && { jwt }) }),
      context: (caller, headers) => createContext(kernel, { jobProgress, ticketChanges }, caller, origin(headers)),
      oauth: oauthDoor(kernel, config.publicUrl),
      webhooks: (connectionId, request) => takeWebhook(connectionId, request, Date.now()),
      attachments: { desk: attachmentDesk(kernel), limit: config.attachmentLimit, origin },
      ready: () => whyNotReady(store),
      explorer: {
        kind: config.explorer,
        sampleQuery: options.sampleQuery,
        ...(options.explorerHeaders && { headers: options.explorerHeaders }),
      },
      corsOrigins: config.corsOrigins,
      bodyLimit: config.bodyLimit,
      executor: options.executor ?? compiledQueries(),
      log,
      observer: gateway.observer,
      metricsToken: config.metricsToken,
      formatError: formatError((reference, error) => log.error({ reference, err: error }, "a bug")),
    });
  const server = await start().catch(async (error: unknown) => {
    await stored.close();
    await gateway.close();
    throw error;
  });
  url ||= server.url;
  await gateway.work();
  return {
    url: server.url,
    async close() {
      await server.close();
      await stored.close();
      await gateway.close();
    },
  };
}

function oauthDoor({ oauth }: Kernel, publicUrl: string | undefined): OAuthDoor {
  if (!oauth) throw new Error("A gateway that listens lets people sign in.");
  return {
    begin: (vendor, ticket) => beginAuthorization(oauth, vendor, ticket),
    finish: (vendor, brought) => finishAuthorization(oauth, vendor, brought),
    isSecure: publicUrl?.startsWith("https:") ?? false,
  };
}

function attachmentDesk(kernel: Kernel): AttachmentDesk {
  return {
    open: (caller, id) => openAttachment(kernel, caller, id),
    async place(caller, ticket) {
      const place = await placeForAttachment(kernel, caller, ticket);
      return async (file) => {
        const attachment = await addAttachment(place, file);
        await tellAttachment(kernel, caller, place, attachment);
        return { id: attachmentId(place, attachment), attachment };
      };
    },
  };
}
