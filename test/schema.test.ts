import { describe, expect, it } from "@jest/globals";
import { glob, readFile } from "node:fs/promises";
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
} from "graphql";
import { generate, loadContext } from "@graphql-codegen/cli";
import { fileURLToPath } from "node:url";
import { createSchema, printedSchema } from "../src/graphql/schema.js";

const root = new URL("..", import.meta.url);
const schema = createSchema();
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);

describe("the schema", () => {
  it("is the one in schema/schema.graphql (npm run schema writes it)", async () => {
    expect(await readFile(new URL("schema/schema.graphql", root), "utf8")).toBe(printedSchema());
  });

  it("says of everything what it is", () => {
    const silent: string[] = [];
    const check = (place: string, description: string | null | undefined): void => {
      if (!description || !/\.$/.test(description.trim())) silent.push(place);
    };
    for (const type of types) {
      if (!["Query", "Mutation", "Subscription"].includes(type.name)) check(type.name, type.description);
      if (isEnumType(type))
        for (const value of type.getValues()) check(`${type.name}.${value.name}`, value.description);
      if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        check(`${type.name}.${field.name}`, field.description);
        if ("args" in field)
          for (const arg of field.args) check(`${type.name}.${field.name}(${arg.name})`, arg.description);
      }
    }
    expect(silent).toEqual([]);
  });

  it("keeps a resolver for each getter that may give a promise: compiled queries wait for nothing else", async () => {
    const eager: string[] = [];
    let promised = 0;
    for await (const file of glob("src/graphql/**/*.ts", { cwd: fileURLToPath(root) }))
      for (const [, decorator = "", name, type = ""] of (await readFile(new URL(file, root), "utf8")).matchAll(
        /@Field\(((?:(?!@Field\()[\s\S])*?)\n\s+get (\w+)\(\): ([^{\n]+) \{/g,
      )) {
        if (!/\b(Promise|Maybe)\b/.test(type)) continue;
        promised += 1;
        if (!decorator.includes("simple: false")) eager.push(`${file}: ${name}`);
      }
    expect(eager).toEqual([]);
    expect(promised).toBeGreaterThan(8);
  });

  it("takes exactly one way of naming a thing", () => {
    const oneOf = types.filter((type) => isInputObjectType(type) && type.isOneOf).map(({ name }) => name);
    expect(oneOf.sort()).toEqual([
      "ConnectionSettingsInput",
      "IssueTypeRefInput",
      "JiraConnectionCredentialsInput",
      "RefInput",
      "RequestTrackerConnectionCredentialsInput",
      "ResolveDeliveryInput",
      "RezolveConnectionCredentialsInput",
      "VendorCreateInput",
    ]);
  });

  it("gives every Node an id and nothing else one", () => {
    const withId = types.filter((type) => isObjectType(type) && getNamedType(type.getFields().id?.type)?.name === "ID");
    expect(withId.map(({ name }) => name).sort()).toEqual([
      "ApiKey",
      "Attachment",
      "BulkJob",
      "Comment",
      "IssueType",
      "Project",
      "Ticket",
      "User",
      "VendorConnection",
    ]);
  });

  it("has its typed clients up to date (npm run codegen writes it)", async () => {
    const context = await loadContext("codegen.yml");
    context.updateConfig({ cwd: root.pathname, silent: true, noSilentErrors: true });
    const made = (await generate(context, false)) as { filename: string; content: string }[];
    expect(made).toHaveLength(2);
    for (const { filename, content } of made) expect(await readFile(new URL(filename, root), "utf8")).toBe(content);
  });
});
