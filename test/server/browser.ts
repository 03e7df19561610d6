import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const PATH = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";

/** Whether this machine has a browser to test pages with; CHROMIUM_PATH names another one. */
export const hasBrowser = existsSync(PATH);

/** Starts a browser that calls nobody by itself. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: PATH,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
