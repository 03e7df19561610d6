import { readFile, writeFile } from "node:fs/promises";
import { format } from "prettier";
import { printedSchema } from "../src/graphql/schema.js";
import { withVendorsTable } from "./vendors-table.js";

// Writes what the code emits to where it is reviewed, the schema and the table of what vendors can do: npm run schema
await writeFile(new URL("schema.graphql", import.meta.url), printedSchema());
const page = new URL("../docs/vendors/README.md", import.meta.url);
const table = withVendorsTable(await readFile(page, "utf8"));
await writeFile(page, await format(table, { parser: "markdown", printWidth: 120 }));
