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
  baseUrl: address,
  tenantId: word.describe("Must be the tenant_id of the token: x-tenantid."),
  realm: word.describe("The authentication realm: realmname."),
  credentials: z.union([
    z.strictObject({ token: word }),
    z.strictObject({ apiKey: word }),
    z.strictObject({
      oauth: z.strictObject({
        tokenUrl: address.describe(
          "Where an access token is asked for; Rezolve documents none, a Keycloak's ends in /protocol/openid-connect/token.",
        ),
        clientId: z.string().min(1),
        clientSecret: z.string().min(1),
        scope: z.string().min(1).default("tickets:write"),
      }),
    }),
  ]),
  options: z
    .strictObject({
      teams: z
        .array(z.string().min(1))
        .default([])
        .describe("Teams that no queue, offer or user names: Rezolve has no list of them."),
      statusField: z
        .string()
        .min(1)
        .default("Status")
        .describe("The fields, by label or id, that keep what Rezolve has no common field for."),
      priorityField: z.string().min(1).default("Priority"),
      descriptionField: z
        .string()
        .min(1)
        .optional()
        .describe("Which field is the long text; by its definition unless told."),
    })
    .default({ teams: [], statusField: "Status", priorityField: "Priority" }),
});
export type RezolveSettings = z.infer<typeof rezolveSettings>;
export type RezolveSite = Omit<RezolveSettings, "credentials">;
