import { z } from "zod";

const address = z
  .string()
  .transform((text) => text.replace(/\/+$/, ""))
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
    error: "must be Request Tracker's address, such as https://rt.acme.example",
  });

/** What may stand between the braces of a TicketSQL query. */
const fieldName = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} _.-]*$/u, { error: "must be a custom field's plain name" });

/** A connection to one Request Tracker. */
export const requestTrackerSettings = z.strictObject({
  baseUrl: address.describe("Where people open it, with its path if it has one; the REST2 API lies below."),
  credentials: z
    .union([
      z.strictObject({ token: z.string().min(1).describe("A token that the account has made for itself.") }),
      z
        .strictObject({
          username: z.string().min(1).describe("The account's name."),
          password: z.string().min(1).describe("Its password."),
        })
        .describe("An account and its password.")
        .meta({ branch: "basic" }),
    ])
    .describe("Exactly one: how the gateway signs in."),
  options: z
    .strictObject({
      identifierField: z
        .string()
        .min(1)
        .optional()
        .describe("The ticket custom field that keeps the tracking identifier; without it there is none."),
      markerField: fieldName
        .nullable()
        .default("ticketgraph")
        .describe(
          "The ticket custom field that keeps the marker of a delivery, by which a lost answer is made up for; null: none.",
        ),
    })
    .default({ markerField: "ticketgraph" })
    .describe("How the gateway uses this server.")
    .refine(({ identifierField, markerField }) => identifierField !== markerField, {
      error: "identifierField and markerField must be different custom fields (markerField is ticketgraph unless told)",
    }),
});
export type RequestTrackerSettings = z.infer<typeof requestTrackerSettings>;
export type RequestTrackerSite = Omit<RequestTrackerSettings, "credentials">;
