import { z } from "zod";

/** What only Rezolve's creates take. */
export const createInput = z
  .object({
    offerId: z
      .string()
      .describe(
        "The service catalog's offer, which must be one of the type's: see the field offerId among `IssueType.fields`.",
      ),
    catalogType: z
      .enum(["TEMPLATE", "AGENT", "USER"])
      .meta({
        id: "RezolveCatalogType",
        description: "Which of Rezolve's catalogs is meant.",
        values: {
          TEMPLATE: "The ticket templates.",
          AGENT: "What agents are offered.",
          USER: "What users are offered.",
        },
      })
      .default("TEMPLATE")
      .describe("The catalog that the offer is from."),
    supportRequest: z.boolean().optional().describe("Whether it is told to be a support request."),
    relation: z
      .unknown()
      .optional()
      .describe("A parent or related ticket, in Rezolve's own form: its `ticketRelation`."),
  })
  .meta({ id: "RezolveCreateInput" });
export type RezolveOwn = z.infer<typeof createInput>;
