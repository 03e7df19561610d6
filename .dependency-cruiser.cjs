/** Who may import whom: downwards only. A folder may import itself and those named. */
const MAY = {
  domain: [],
  config: ["domain"],
  http: ["domain"],
  connectors: ["domain", "http"],
  store: ["domain"],
  operations: ["domain", "http", "connectors", "store"],
  jobs: ["domain", "store", "operations"],
  auth: ["domain", "store"],
  graphql: ["domain", "connectors", "operations"],
  server: ["config", "domain", "http", "auth", "graphql", "operations"],
  sandbox: [],
  cli: ["domain", "config"],
  gateway: ["config", "domain", "http", "auth", "connectors", "store", "operations", "jobs", "server"],
  doctor: ["config", "domain", "http", "connectors", "store", "operations", "jobs", "server", "gateway"],
};
/** Packages that only these folders may import. */
const ONLY = {
  undici: ["http"],
  dataloader: ["connectors", "graphql"],
  "type-graphql": ["graphql"],
  "@apollo/subgraph": ["graphql"],
  "@apollo/server": ["server"],
  pino: ["server"],
  "prom-client": ["server"],
  "@opentelemetry/api": ["server"],
  "@opentelemetry/sdk-node": ["server"],
  yaml: ["config"],
  "drizzle-orm": ["store", "jobs"],
  pg: ["store"],
  "@electric-sql/pglite": ["store"],
  "pg-boss": ["jobs"],
  commander: ["cli"],
  ws: ["server"],
  "graphql-ws": ["server"],
  "graphql-jit": ["server"],
  jose: ["auth"],
};

module.exports = {
  forbidden: [
    ...Object.entries(MAY).map(([folder, may]) => ({
      name: `${folder}-imports-only-below`,
      severity: "error",
      from: { path: `^src/${folder}/` },
      to: { path: "^src/", pathNot: `^src/(${[folder, ...may].join("|")})/` },
    })),
    ...Object.entries(ONLY).map(([name, folders]) => ({
      name: `${name.replace(/\W/g, "")}-stays-in-its-room`,
      severity: "error",
      from: { path: "^src/", pathNot: `^src/(${folders.join("|")})/` },
      to: { path: `node_modules/${name}/`, dependencyTypesNot: ["type-only"] },
    })),
    {
      name: "domain-needs-no-packages-but-zod",
      severity: "error",
      from: { path: "^src/domain/" },
      to: { dependencyTypes: ["npm"], pathNot: "node_modules/zod/" },
    },
    {
      name: "vendors-are-strangers",
      severity: "error",
      from: { path: "^src/connectors/([^/]+)/" },
      to: { path: "^src/connectors/[^/]+/", pathNot: "^src/connectors/$1/" },
    },
    {
      name: "only-the-list-names-a-vendor",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/connectors/(vendors\\.ts|[^/]+/)" },
      to: { path: "^src/connectors/[^/]+/" },
    },
    {
      name: "no-circles",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/graphql/" },
      to: { circular: true },
    },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, path: "^src/", pathNot: "^src/main\\.ts$" },
      to: {},
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|node_modules)/" },
    enhancedResolveOptions: {
      extensions: [".ts", ".js"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
    },
  },
};
