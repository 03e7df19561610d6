import { z } from "zod";

const address = z
  .string()
  .transform((text) => text.replace(/\/+$/, ""))
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
    error: "must be the address of StackOne's API, such as https://api.stackone.com",
  });

/** A connection to one linked account of StackOne. */
export const stackOneSettings = z.strictObject({
  baseUrl: address.default("https://api.stackone.com").describe("The API's address."),
  credentials: z
    .strictObject({ apiKey: z.string().min(1).describe("The project's API key.") })
    .describe("How the gateway signs in."),
  accountId: z.string().min(1).describe("The linked account: x-account-id."),
  options: z
    .strictObject({
      markerTag: z
        .boolean()
        .default(true)
        .describe(
          "Whether each new ticket bears the marker of its delivery among its tags, to be found by when an answer is lost.",
        ),
      legacyCollections: z
        .boolean()
        .default(false)
        .describe("Whether the project is also sent as the collection that older accounts know it by."),
      componentIdsAs: z
        .enum(["list", "text"])
        .meta({
          id: "StackOneComponentIdsAs",
          description: "How a ticket's components are sent.",
          values: { list: "As a list.", text: "As one text." },
        })
        .default("list")
        .describe(
          "Components go as a list, as documented and exemplified, or as one text, as StackOne's own SDK types them.",
        ),
    })
    .default({ markerTag: true, legacyCollections: false, componentIdsAs: "list" })
    .describe("How the gateway uses this account."),
});
export type StackOneSettings = z.infer<typeof stackOneSettings>;
export type StackOneSite = Omit<StackOneSettings, "credentials">;
