import { availableParallelism } from "node:os";

export default {
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  transform: { "^.+\\.ts$": "@swc/jest" },
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  // A real vendor, and processes that are killed, have commands of their own.
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/real/", "<rootDir>/test/faults/"],
  globalSetup: "<rootDir>/test/support/global-setup.mjs",
  globalTeardown: "<rootDir>/test/support/global-teardown.mjs",
  // For what hangs, and not for what is slow: no test fails because the machine is busy.
  testTimeout: 240_000,
  // Much of the time is spent waiting: for vendors, leases and processes.
  maxWorkers: availableParallelism() + 1,
  // Of modules that were loaded anew for each test much is kept; to let go of a gigabyte takes a process longer than jest waits for its end.
  workerIdleMemoryLimit: "500MB",
};
