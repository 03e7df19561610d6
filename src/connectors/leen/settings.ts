import { z } from "zod";

const address = z
  .string()
  .transform((text) => text.replace(/\/+$/, ""))
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
    error: "must be the address of Leen's API, such as https://api.leen.dev/v1",
  });

const PATHS = {
  projects: "itsm/passthrough/projects",
  issueTypes: "itsm/passthrough/projects/{project}/issue-types",
  assignableUsers: "itsm/passthrough/projects/{project}/assignable-users",
  job: "jobs/{job}",
};
const path = (otherwise: string) => z.string().min(1).default(otherwise);

/** A connection to one Leen connection: one customer's Jira, as Leen sees it. */
export const leenSettings = z.strictObject({
  baseUrl: address
    .default("https://api.leen.dev/v1")
    .describe(
      "The region's API: https://api.leen.dev/v1, https://api.eu-c1.leen.dev/v1, https://api.ap-se2.leen.dev/v1.",
    ),
  credentials: z
    .strictObject({
      apiKey: z.string().min(1).describe("Scoped to the environment, not to a user."),
      connectionId: z.string().min(1).describe("Which customer's system: X-CONNECTION-ID."),
    })
    .describe("How the gateway signs in."),
  options: z
    .strictObject({
      paths: z
        .strictObject({
          projects: path(PATHS.projects),
          issueTypes: path(PATHS.issueTypes),
          assignableUsers: path(PATHS.assignableUsers),
          job: path(PATHS.job),
        })
        .default(PATHS)
        .meta({ operatorOnly: true }),
      /** Whether the first page of a list asks for cursors, as older accounts need. */
      enableCursor: z
        .boolean()
        .default(false)
        .describe("Where Leen's documentation names an endpoint but not its address."),
    })
    .default({ paths: PATHS, enableCursor: false })
    .describe("How the gateway uses this account."),
});
export type LeenSettings = z.infer<typeof leenSettings>;
export type LeenSite = Omit<LeenSettings, "credentials">;
