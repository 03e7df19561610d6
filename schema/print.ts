import { writeFile } from "node:fs/promises";
import { printedSchema } from "../src/graphql/schema.js";

// Writes the schema that the code emits to where it is reviewed: npm run schema
await writeFile(new URL("schema.graphql", import.meta.url), printedSchema());
