import { z } from "zod";

/** An address of which nothing but the origin counts. */
export const origin = z
  .string()
  .refine(isOrigin, { error: "must be an address without a path, such as https://acme.atlassian.net" })
  .transform((text) => new URL(text).origin);

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && /^\/*$/.test(pathname) && `${search}${hash}${username}${password}` === "";
}

const basic = z
  .strictObject({
    email: z.string().min(1).describe("The e-mail address of the account."),
    apiToken: z
      .string()
      .min(1)
      .describe("Its API token, made at https://id.atlassian.com/manage-profile/security/api-tokens."),
  })
  .describe("An account and its API token.")
  .meta({ branch: "basic" });
const oauth = z.strictObject({
  oauth: z
    .strictObject({
      clientId: z.string().min(1).describe("The client id of your OAuth 2.0 (3LO) app."),
      clientSecret: z.string().min(1).describe("Its secret."),
      refreshToken: z
        .string()
        .min(1)
        .describe("A refresh token; left out, somebody signs in at the address that is answered.")
        .meta({ granted: true }),
      cloudId: z
        .string()
        .regex(/^[A-Za-z0-9-]+$/)
        .describe("The site's cloud id; left out, it is found by the site's address.")
        .meta({ granted: true }),
      authUrl: origin.default("https://auth.atlassian.com").describe("Atlassian's authorization server."),
      apiUrl: origin.default("https://api.atlassian.com").describe("Atlassian's API for apps."),
    })
    .describe("An OAuth 2.0 app that acts for an account."),
});

/** A connection to one Jira Cloud site. */
export const jiraSettings = z.strictObject({
  baseUrl: origin.describe("The site's address, such as https://acme.atlassian.net."),
  credentials: z.union([basic, oauth]).describe("Exactly one: how the gateway signs in."),
  options: z
    .strictObject({
      identifierAs: z
        .enum(["property", "label"])
        .meta({
          id: "JiraIdentifierAs",
          description: "Where a ticket's tracking identifier is kept.",
          values: { property: "In a property, which people don't see.", label: "As a label, which they do." },
        })
        .default("property")
        .describe(
          "Where the tracking identifier is kept: in a property that people don't see, or as a label that they do.",
        ),
      markerLabel: z
        .boolean()
        .default(false)
        .describe("Whether each ticket also gets the marker of its delivery as a label, for people to find it by."),
      fetchSize: z
        .int()
        .min(1)
        .max(100)
        .default(100)
        .describe(
          "How many tickets one read takes at most: Jira allows no more than 100 where all of their fields are read.",
        ),
      bulkFrom: z
        .int()
        .min(0)
        .max(1_000)
        .default(10)
        .describe(
          "From how many tickets that change alike they go as one of Jira's bulk operations, which take some five calls and a few seconds however many tickets there are. 0: never.",
        ),
      bulkPatienceSeconds: z
        .number()
        .positive()
        .max(600)
        .default(30)
        .describe(
          "How long such an operation is waited for, in seconds; what it came to is read from the tickets after that.",
        ),
    })
    .prefault({})
    .describe("How the gateway uses this site."),
});
export type JiraSettings = z.infer<typeof jiraSettings>;
export type JiraSite = Omit<JiraSettings, "credentials">;
