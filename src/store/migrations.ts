import { fileURLToPath } from "node:url";

/** Where the migrations are, from the sources and from the build alike; `npx drizzle-kit generate` writes them. */
export const MIGRATIONS = fileURLToPath(new URL("../../migrations", import.meta.url));
