import { z } from "zod";

const origin = z
  .string()
  .refine(isOrigin, { error: "must be an address without a path, such as https://acme.atlassian.net" })
  .transform((text) => new URL(text).origin);

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && /^\/*$/.test(pathname) && `${search}${hash}${username}${password}` === "";
}

const basic = z.strictObject({ email: z.string().min(1), apiToken: z.string().min(1) });
const oauth = z.strictObject({
  oauth: z.strictObject({
    clientId: z.string().min(1),
    clientSecret: z.string().min(1),
    refreshToken: z.string().min(1),
    cloudId: z.string().regex(/^[A-Za-z0-9-]+$/),
    authUrl: origin.default("https://auth.atlassian.com"),
    apiUrl: origin.default("https://api.atlassian.com"),
  }),
});

/** A connection to one Jira Cloud site. */
export const jiraSettings = z.strictObject({
  baseUrl: origin,
  credentials: z.union([basic, oauth]),
  options: z
    .strictObject({
      /** Where the tracking identifier is kept: in a property that people don't see, or as a label that they do. */
      identifierAs: z.enum(["property", "label"]).default("property"),
      /** Whether each ticket also gets the marker of its delivery as a label, for people to find it by. */
      markerLabel: z.boolean().default(false),
      /** How many tickets one read takes at most: Jira allows no more than 100 where all of their fields are read. */
      fetchSize: z.int().min(1).max(100).default(100),
      /**
       * From how many tickets that change alike they go as one of Jira's bulk operations, which take some five calls and a few
       * seconds however many tickets there are. 0: never.
       */
      bulkFrom: z.int().min(0).max(1_000).default(10),
      /** How long such an operation is waited for, in seconds; what it came to is read from the tickets after that. */
      bulkPatienceSeconds: z.number().positive().max(600).default(30),
    })
    .prefault({}),
});
export type JiraSettings = z.infer<typeof jiraSettings>;
export type JiraSite = Omit<JiraSettings, "credentials">;
