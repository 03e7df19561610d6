import { report, isSound } from "./doctor/report.js";
import { examine } from "./doctor/examine.js";

/** Checks what a gateway with this environment would meet, and prints it; gives the exit code: 0 unless something failed. */
export async function doctor({ json }: { readonly json: boolean }): Promise<number> {
  const findings = await examine(process.env);
  const ok = isSound(findings);
  const { isTTY, columns } = process.stdout;
  const isColoured = isTTY && !process.env["NO_COLOR"];
  console.log(
    json
      ? JSON.stringify({ ok, findings }, null, 2)
      : report(findings, { isColoured, width: isTTY ? columns : Infinity }),
  );
  return ok ? 0 : 1;
}
