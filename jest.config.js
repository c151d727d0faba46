import { existsSync, statfsSync } from "node:fs";
import { join } from "node:path";

// Three projects, each run in a fresh process by test/run.ts:
//   unit      quick, pure: no database, no child process, no browser
//   contract  one test per port, on real databases (SQLite and embedded PostgreSQL); SQLite itself; the web server
//   e2e       the real program as a child process, over HTTP and in Chromium
// Node loads the tests as it loads the program, types stripped (test/environment/native-runtime.js); `tsc --noEmit`
// checks them.

// Compiled code is kept for the processes and threads of the next run.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, "node_modules/.cache/kumusta");

// Tests make hundreds of databases that live for seconds: in memory, where that is a folder with room (Linux). What
// kill -9 leaves of them is the same there.
const memory = "/dev/shm";
const roomBytes = 4e9;
if (process.env.TMPDIR === undefined && existsSync(memory)) {
  const { bavail, bsize } = statfsSync(memory);
  if (bavail * bsize > roomBytes) process.env.TMPDIR = memory;
}

const common = {
  rootDir: import.meta.dirname,
  roots: ["<rootDir>/test"],
  cacheDirectory: "<rootDir>/node_modules/.cache/jest",
  testEnvironment: "<rootDir>/test/environment/leak-check.js",
  runtime: "<rootDir>/test/environment/native-runtime.js",
  moduleFileExtensions: ["ts", "js", "cjs", "mjs", "json", "node"],
  transform: {},
};

/** How long a test may take on a busy machine: databases, child processes and browsers take seconds to start there. */
const quick = { timeLimitMs: 20_000 };
const patient = { timeLimitMs: 120_000 };

export default {
  // Half a second is too little where a worker still writes the code that it compiled: a first run on a busy machine. A
  // worker that a leak keeps does not end by itself at all, and still fails the run.
  workerGracefulExitTimeout: 10_000,
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["<rootDir>/test/contract/", "<rootDir>/test/e2e/"],
      testEnvironmentOptions: quick,
    },
    {
      ...common,
      displayName: "contract",
      testMatch: ["<rootDir>/test/contract/**/*.test.ts"],
      testEnvironmentOptions: patient,
    },
    {
      ...common,
      displayName: "e2e",
      testMatch: ["<rootDir>/test/e2e/**/*.test.ts"],
      testEnvironmentOptions: patient,
    },
  ],
};
