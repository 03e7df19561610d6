/** What Node.js is started with to run TypeScript as it stands, as `npm run dev` does. */
export const FROM_SOURCES: readonly string[] = ["--no-warnings", "--import", "@swc-node/register/esm-register"];
