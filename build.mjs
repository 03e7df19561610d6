import { readdir, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath, URL } from "node:url";
import { transformFile } from "@swc/core";
import { build } from "esbuild";

// The program and its packages, together in a few files: two thousand modules take Node.js seconds to find, and what it does for that
// (it reads a package's whole package.json again for each of its modules) leaves hundreds of megabytes behind.

/** esbuild leaves out the types of decorated members, by which type-graphql and its resolvers go; swc writes them down, as for the tests. */
const typescript = {
  name: "typescript",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/src\/.*\.ts$/ }, async ({ path }) => {
      const { code } = await transformFile(path, { sourceMaps: "inline" });
      return { contents: code, loader: "js" };
    }),
};

/** What a package in CommonJS expects to be there. */
const commonJs = `
import { createRequire as __createRequire } from "node:module";
import { dirname as __dirnameOf } from "node:path";
import { fileURLToPath as __pathOf } from "node:url";
const require = __createRequire(import.meta.url), __filename = __pathOf(import.meta.url), __dirname = __dirnameOf(__filename);
`.replaceAll("\n", "");

const root = fileURLToPath(new URL(".", import.meta.url));
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ["src/main.ts"],
  outdir: "dist",
  // As deep as the sources that name a file of the package by its way from there: migrations, package.json.
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node22",
  // Less to read at each start; the names stay, for stacks and for type-graphql.
  minifySyntax: true,
  minifyWhitespace: true,
  lineLimit: 160,
  legalComments: "external",
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  plugins: [typescript],
  banner: { js: commonJs },
  // Loaded by few, and with files of their own; and what others would use if it were there.
  external: [
    "@electric-sql/pglite",
    "@opentelemetry/sdk-node",
    "@graphql-yoga/render-graphiql",
    "class-validator",
    "pg-native",
  ],
  logLevel: "warning",
});

// What a former build left goes last, and with it what Node.js compiled of it: a gateway that runs meanwhile keeps its files until then.
const files = (await readdir(join(root, "dist"), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile())
  .map((entry) => relative(root, join(entry.parentPath, entry.name)));
const old = files.filter((file) => !file.startsWith("dist/.compiled/") && !(file in metafile.outputs));
for (const file of old) await rm(join(root, file));
if (old.length > 0) await rm(join(root, "dist/.compiled"), { recursive: true, force: true });
