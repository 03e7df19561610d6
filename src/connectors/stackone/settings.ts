import { z } from "zod";

const address = z
  .string()
  .transform((text) => text.replace(/\/+$/, ""))
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
    error: "must be the address of StackOne's API, such as https://api.stackone.com",
  });

/** A connection to one linked account of StackOne. */
export const stackOneSettings = z.strictObject({
  baseUrl: address.default("https://api.stackone.com"),
  credentials: z.strictObject({ apiKey: z.string().min(1) }),
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
        .default("list")
        .describe(
          "Components go as a list, as documented and exemplified, or as one text, as StackOne's own SDK types them.",
        ),
    })
    .default({ markerTag: true, legacyCollections: false, componentIdsAs: "list" }),
});
export type StackOneSettings = z.infer<typeof stackOneSettings>;
export type StackOneSite = Omit<StackOneSettings, "credentials">;
