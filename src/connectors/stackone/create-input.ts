import { z } from "zod";
import { PRIORITY_LEVELS } from "../../domain/ticket.js";

/** What only StackOne's creates take. */
export const createInput = z
  .object({
    creatorId: z.string().optional().describe("StackOne's id of the user in whose name it is created."),
    organizationId: z.string().optional().describe("StackOne's id of the organization that it is for."),
    collections: z
      .array(z.string())
      .optional()
      .describe("Ids of the collections that it belongs to: what older accounts have in place of projects."),
    componentIds: z.array(z.string()).optional().describe("Ids or names of the project's components that it is about."),
    priorityId: z.string().optional().describe("The id of the priority at the system behind StackOne."),
    priorityLevel: z
      .enum(PRIORITY_LEVELS)
      .meta({ id: "PriorityLevel" })
      .optional()
      .describe("What the priority means; told from its word where that is one of StackOne's own."),
  })
  .meta({ id: "StackOneCreateInput" });
export type StackOneOwn = z.infer<typeof createInput>;
