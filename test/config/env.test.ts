import { describe, expect, it } from "@jest/globals";
import { ConfigError } from "../../src/config/config-error.js";
import { describeEnvironment, readEnvironment } from "../../src/config/env.js";

describe("readEnvironment", () => {
  it("has a default for everything", () => {
    expect(readEnvironment({})).toEqual({
      port: 4000,
      host: "127.0.0.1",
      dataDir: ".ticketgraph",
      databaseUrl: undefined,
      queueBackend: "postgres",
      settingsPath: undefined,
      logLevel: "warn",
      explorer: "graphiql",
      corsOrigins: [],
      bodyLimit: 5_242_880,
      attachmentLimit: 262_144_000,
      publicUrl: undefined,
      introspection: "tickets:read",
      masterKeys: [],
      trustedProxies: 0,
      trustedDocuments: undefined,
      trustedDocumentsOnly: false,
      federation: false,
    });
  });

  it("logs what happens, but for the demo, which has a key to show", () => {
    expect(readEnvironment({ TICKETGRAPH_CONFIG: "acme.yaml" }).logLevel).toBe("info");
    expect(readEnvironment({ LOG_LEVEL: "info" }).logLevel).toBe("info");
  });

  it("reads every variable", () => {
    const env = {
      PORT: "0",
      HOST: "0.0.0.0",
      DATA_DIR: "/var/lib/ticketgraph",
      DATABASE_URL: "postgres://tg@db.example/tickets",
      QUEUE_BACKEND: "citus",
      TICKETGRAPH_CONFIG: "acme.yaml",
      LOG_LEVEL: "debug",
      EXPLORER: "off",
      CORS_ORIGINS: "https://studio.apollographql.com, http://localhost:3000",
      BODY_LIMIT: "1024",
      ATTACHMENT_LIMIT: "2048",
      PUBLIC_URL: "https://tickets.example.com",
      INTROSPECTION: "off",
      TRUSTED_DOCUMENTS: "manifest.json",
      TRUSTED_DOCUMENTS_ONLY: "true",
      FEDERATION: "1",
    };
    expect(readEnvironment(env)).toEqual({
      port: 0,
      host: "0.0.0.0",
      dataDir: "/var/lib/ticketgraph",
      databaseUrl: "postgres://tg@db.example/tickets",
      queueBackend: "citus",
      settingsPath: "acme.yaml",
      logLevel: "debug",
      explorer: "off",
      corsOrigins: ["https://studio.apollographql.com", "http://localhost:3000"],
      bodyLimit: 1024,
      attachmentLimit: 2048,
      publicUrl: "https://tickets.example.com",
      introspection: "off",
      masterKeys: [],
      trustedProxies: 0,
      trustedDocuments: "manifest.json",
      trustedDocumentsOnly: true,
      federation: true,
    });
  });

  it("wants a manifest where nothing else is accepted", () => {
    expect(() => readEnvironment({ TRUSTED_DOCUMENTS_ONLY: "true" })).toThrow(
      new ConfigError("TRUSTED_DOCUMENTS_ONLY is true, but there is no manifest. Set TRUSTED_DOCUMENTS to its path."),
    );
  });

  it("is frozen", () => {
    const config = readEnvironment({});
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.corsOrigins)).toBe(true);
  });

  it("takes an empty variable as absent", () => {
    expect(readEnvironment({ PORT: "", EXPLORER: "  ", CORS_ORIGINS: "" })).toEqual(readEnvironment({}));
  });

  const origins =
    'a list of origins such as "https://studio.apollographql.com", without paths, "*" or a slash at the end';
  it.each([
    ["PORT", "http", "a whole number from 0 to 65535"],
    ["PORT", "65536", "a whole number from 0 to 65535"],
    ["PORT", "-1", "a whole number from 0 to 65535"],
    ["PORT", "80.5", "a whole number from 0 to 65535"],
    ["BODY_LIMIT", "5MB", "a whole number from 1024 to 1073741824"],
    [
      "PUBLIC_URL",
      "https://a.example/path",
      'an origin such as "https://tickets.example.com", without a path or a slash at the end',
    ],
    ["BODY_LIMIT", "10", "a whole number from 1024 to 1073741824"],
    ["LOG_LEVEL", "loud", "one of trace, debug, info, warn, error, fatal, silent"],
    ["EXPLORER", "on", "one of graphiql, apollo, off"],
    ["CORS_ORIGINS", "*", origins],
    ["CORS_ORIGINS", "https://a.example/", origins],
    ["CORS_ORIGINS", "https://a.example,,", origins],
    ["CORS_ORIGINS", "a.example", origins],
  ])("refuses %s=%s", (name, value, wanted) => {
    const read = () => readEnvironment({ [name]: value });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(`The environment variable ${name} is "${value}", but must be ${wanted}.`);
  });

  it("names all that is wrong at once", () => {
    expect(() => readEnvironment({ PORT: "x", LOG_LEVEL: "y" })).toThrow(/PORT is "x".*\n.*LOG_LEVEL is "y"/);
  });
});

describe("describeEnvironment", () => {
  it("tells of each variable what it decides, what it may be and what it is otherwise", () => {
    const text = describeEnvironment();
    for (const name of [
      "PORT",
      "HOST",
      "DATA_DIR",
      "TICKETGRAPH_CONFIG",
      "LOG_LEVEL",
      "EXPLORER",
      "CORS_ORIGINS",
      "BODY_LIMIT",
      "ATTACHMENT_LIMIT",
      "PUBLIC_URL",
    ])
      expect(text).toContain(`  ${name}\n      `);
    expect(text).toContain(
      "  PORT\n      The port that the server listens on; 0 takes any free one.\n      A whole number from 0 to 65535; default 4000.",
    );
    expect(text).toContain(
      "  TICKETGRAPH_CONFIG\n      Path of the configuration file (JSON or YAML). Without it the demo starts.\n      A text; no default.",
    );
  });

  it("takes a long token for the metrics, and never tells one back", () => {
    const token = "0123456789abcdef0123456789abcdef";
    expect(readEnvironment({ METRICS_TOKEN: token, METRICS_PORT: "9464" })).toMatchObject({
      metricsToken: token,
      metricsPort: 9464,
    });
    expect(() => readEnvironment({ METRICS_TOKEN: "secret-short" })).toThrow(
      "The environment variable METRICS_TOKEN is wrong: it must be 24 to 200 letters, digits and signs, as made by: openssl rand -hex 32.",
    );
  });

  it("reads master keys, the present one first, and never tells one back", () => {
    const [now, before] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const env = {
      TICKETGRAPH_MASTER_KEY: now.toString("base64"),
      TICKETGRAPH_OLD_MASTER_KEYS: before.toString("base64"),
    };
    expect(readEnvironment(env).masterKeys).toEqual([now, before]);
    expect(() => readEnvironment({ TICKETGRAPH_MASTER_KEY: "not-a-key-but-secret" })).toThrow(
      "The environment variable TICKETGRAPH_MASTER_KEY is wrong: it must be 32 bytes in base64, as made by: openssl rand -base64 32.",
    );
    expect(() => readEnvironment({ TICKETGRAPH_OLD_MASTER_KEYS: before.toString("base64") })).toThrow(
      "TICKETGRAPH_OLD_MASTER_KEYS are given without a present one. Set TICKETGRAPH_MASTER_KEY too.",
    );
  });
});
