import { Command, InvalidArgumentError, Option } from "commander";
import { describeEnvironment } from "../config/env.js";
import { FORMATS } from "./import-file.js";
import type { ImportOptions } from "./import.js";

/** What the program does; each is loaded only when it is asked for. */
export interface Commands {
  serve(): Promise<void>;
  work(): Promise<void>;
  rotateKeys(): Promise<void>;
  migrate(): Promise<void>;
  /** Gives the exit code. */
  doctor(options: { readonly json: boolean }): Promise<number>;
  /** Gives the exit code. */
  import(file: string, options: ImportOptions): Promise<number>;
}

/** The command line: `ticketgraph`, `ticketgraph work`, `ticketgraph doctor`, `ticketgraph import FILE` and the others. */
export function makeProgram(commands: Commands): Command {
  const program = new Command("ticketgraph")
    .description("One GraphQL API over every ITSM vendor.")
    .showHelpAfterError("(--help says more)")
    .addHelpText("after", () => `\nEnvironment of all but import:\n${describeEnvironment()}`);
  program
    .command("serve", { isDefault: true })
    .description("answer GraphQL over HTTP, and work on jobs; what happens when no command is given")
    .allowExcessArguments()
    .action((_options, { args: [unknown] }: Command) =>
      unknown === undefined ? commands.serve() : program.error(`error: there is no command "${unknown}"`),
    );
  program
    .command("work")
    .description("work on the jobs of other replicas, without listening; needs DATABASE_URL")
    .action(() => commands.work());
  program
    .command("migrate")
    .description("bring the tables of the store up to date and end; gateways do it too when they start")
    .action(() => commands.migrate());
  program
    .command("doctor")
    .description("check configuration, store, vendors and clock, and say what to do; changes nothing")
    .option("--json", "for programs", false)
    .action(async (options: { readonly json: boolean }) => {
      process.exitCode = await commands.doctor(options);
    });
  program
    .command("rotate-keys")
    .description("wrap the keys of all connections with TICKETGRAPH_MASTER_KEY, while gateways run; needs DATABASE_URL")
    .action(() => commands.rotateKeys());
  program
    .command("import")
    .description("create the tickets of a CSV or JSON Lines file, each exactly once, however often it is run")
    .argument("<file>", "CSV whose first line names the columns, or JSON Lines")
    .requiredOption("--connection <id>", "the connection to create them in")
    .option("--map <column=field>", "what a column is: --map Summary=name; repeatable", collect, [])
    .option("--set <field=value>", "what every row gets that doesn't say: --set project=PLAT; repeatable", collect, [])
    .option("--dry-run", "have the gateway check every row as it would be created, and send nothing", false)
    .addOption(
      new Option("--url <address>", "the gateway").env("TICKETGRAPH_URL").default("http://127.0.0.1:4000/graphql"),
    )
    .addOption(new Option("--key <key>", "an API key that may write").env("TICKETGRAPH_API_KEY").makeOptionMandatory())
    .addOption(new Option("--format <format>", "where the file's name doesn't tell").choices(FORMATS))
    .option("--delimiter <character>", "what separates a CSV file's cells; a comma by default, \\t is a tab", delimiter)
    .option("--results <path>", "where to write what became of each row; FILE.results.csv by default")
    .option("--job-size <tickets>", "the most tickets of one job", jobSize, 10_000)
    .option("--run <name>", "another name imports the very same file once more")
    .action(async (file: string, options: ImportOptions) => {
      process.exitCode = await commands.import(file, options);
    });
  return program;
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function delimiter(value: string): string {
  const character = value === "\\t" ? "\t" : value;
  if (character.length !== 1 || /["\r\n]/.test(character)) throw new InvalidArgumentError("Give one character.");
  return character;
}

function jobSize(value: string): number {
  if (!/^[1-9]\d{0,4}$/.test(value) || Number(value) > 10_000)
    throw new InvalidArgumentError("Give a whole number from 1 to 10000.");
  return Number(value);
}
