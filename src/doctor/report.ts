import { styleText } from "node:util";
import { counted, FINDING_STATES, type Finding, type FindingState } from "./finding.js";

/** How a report is written. */
interface Paper {
  /** Whether words may have colours. */
  readonly isColoured: boolean;
  /** The longest line, in characters; Infinity leaves sentences whole. */
  readonly width: number;
}

const COLOURS = { ok: "green", warning: "yellow", failed: "red", skipped: "dim" } as const;
const STATE_WIDTH = Math.max(...FINDING_STATES.map(({ length }) => length));

/** What was found, in columns, and what to do below it; the last line sums up. */
export function report(findings: readonly Finding[], paper: Paper): string {
  const whatWidth = Math.max(...findings.map(({ what }) => what.length));
  const indent = STATE_WIDTH + whatWidth + 4;
  const lines = findings.map(({ state, what, found, todo }) => {
    const word = paper.isColoured ? styleText(COLOURS[state], state, { validateStream: false }) : state;
    const head = `${word}${" ".repeat(STATE_WIDTH - state.length)}  ${what.padEnd(whatWidth)}  `;
    const rest = [found, ...(todo === undefined ? [] : [`→ ${todo}`])];
    return head + rest.map((text) => wrapped(text, indent, paper.width)).join(`\n${" ".repeat(indent)}`);
  });
  return [...lines, "", summary(findings)].join("\n");
}

/** Whether nothing failed; warnings don't count. */
export function isSound(findings: readonly Finding[]): boolean {
  return findings.every(({ state }) => state !== "failed");
}

function summary(findings: readonly Finding[]): string {
  const count = (state: FindingState): number => findings.filter((one) => one.state === state).length;
  const warnings = count("warning") > 0 ? ` ${counted(count("warning"), "warning")}.` : "";
  const failures = count("failed");
  return (failures === 0 ? "Nothing failed." : `${counted(failures, "thing")} failed.`) + warnings;
}

function wrapped(text: string, indent: number, width: number): string {
  const room = Math.max(40, width - indent);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${" ".repeat(indent)}`);
}
