import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", "test/generated/", "src/cli/generated/", ".ticketgraph/"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // A class that the schema is made of, or that holds a port's method, may well have nothing but decorated members.
      "@typescript-eslint/no-extraneous-class": ["error", { allowWithDecorator: true }],
      "no-console": "error",
      // The functions that these make have a hidden class each, which keeps all that they hold until the next great collection of garbage.
      "no-restricted-properties": [
        "error",
        ...["bind", "snapshot"].map((property) => ({
          object: "AsyncLocalStorage",
          property,
          message: "Use AsyncResource's runInAsyncScope.",
        })),
        { object: "AsyncResource", property: "bind", message: "Use runInAsyncScope." },
      ],
    },
  },
  { files: ["**/*.cjs"], languageOptions: { globals: { module: "writable" } } },
  // The command line is where the program speaks to a person.
  {
    files: [
      "src/main.ts",
      "src/serve.ts",
      "src/rotate-keys.ts",
      "src/migrate.ts",
      "src/doctor.ts",
      "src/cli/terminal.ts",
      "bench/**",
      "schema/**",
      "test/faults/chaos.ts",
    ],
    rules: { "no-console": "off" },
  },
);
