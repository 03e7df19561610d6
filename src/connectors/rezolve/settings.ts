import { z } from "zod";

const address = z
  .string()
  .transform((text) => text.replace(/\/+$/, ""))
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
    error: "must be an address such as https://api.rezolve.ai",
  });
/** What may stand in a header. */
const word = z.string().regex(/^[\x21-\x7e]+$/, { error: "must be one word of plain characters" });

/** A connection to one tenant of Rezolve.ai. */
export const rezolveSettings = z.strictObject({
  baseUrl: address.describe("The API's address, such as https://api.rezolve.ai."),
  tenantId: word.describe("Must be the tenant_id of the token: x-tenantid."),
  realm: word.describe("The authentication realm: realmname."),
  credentials: z
    .union([
      z.strictObject({ token: word.describe("An access token that doesn't end.") }),
      z.strictObject({ apiKey: word.describe("An API key.") }),
      z.strictObject({
        oauth: z
          .strictObject({
            tokenUrl: address.describe(
              "Where an access token is asked for; Rezolve documents none, a Keycloak's ends in /protocol/openid-connect/token.",
            ),
            clientId: z.string().min(1).describe("The client's id."),
            clientSecret: z.string().min(1).describe("Its secret."),
            scope: z.string().min(1).default("tickets:write").describe("The scope that is asked for."),
          })
          .describe("A client that gets its access tokens by itself."),
      }),
    ])
    .describe("Exactly one: how the gateway signs in."),
  options: z
    .strictObject({
      teams: z
        .array(z.string().min(1))
        .default([])
        .describe("Teams that no queue, offer or user names: Rezolve has no list of them."),
      statusField: z.string().min(1).default("Status").describe("The field, by label or id, that keeps the status."),
      priorityField: z.string().min(1).default("Priority").describe("The one that keeps the priority."),
      descriptionField: z
        .string()
        .min(1)
        .optional()
        .describe("Which field is the long text; by its definition unless told."),
    })
    .default({ teams: [], statusField: "Status", priorityField: "Priority" })
    .describe("How the gateway uses this tenant."),
});
export type RezolveSettings = z.infer<typeof rezolveSettings>;
export type RezolveSite = Omit<RezolveSettings, "credentials">;
