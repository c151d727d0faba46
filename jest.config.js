import { join } from "node:path";

// Three projects, each run in a fresh process by test/run.ts:
//   unit      quick, pure: no database, no child process, no browser
//   contract  one test per port, on real databases (SQLite and embedded PostgreSQL)
//   e2e       the real program as a child process, over HTTP and in Chromium
// Jest runs in ES-module mode (node --experimental-vm-modules): botbuilder needs it, and so do our `.ts`
// imports, which are resolved as they stand. swc only strips types here; `tsc --noEmit` checks them.

// Threads load src as Node does, types stripped: once, not once for each thread.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, "node_modules/.cache/kumusta");

const common = {
  rootDir: import.meta.dirname,
  roots: ["<rootDir>/test"],
  testEnvironment: "<rootDir>/test/environment/leak-check.js",
  extensionsToTreatAsEsm: [".ts"],
  moduleFileExtensions: ["ts", "js", "cjs", "mjs", "json", "node"],
  transform: {
    "\\.ts$": [
      "@swc/jest",
      {
        jsc: {
          parser: { syntax: "typescript" },
          target: "es2024",
          transform: { verbatimModuleSyntax: true },
        },
        module: { type: "es6" },
        sourceMaps: "inline",
        swcrc: false,
      },
    ],
  },
};

export default {
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["<rootDir>/test/contract/", "<rootDir>/test/e2e/"],
    },
    {
      ...common,
      displayName: "contract",
      testMatch: ["<rootDir>/test/contract/**/*.test.ts"],
      setupFilesAfterEnv: ["<rootDir>/test/environment/patience.js"],
    },
    {
      ...common,
      displayName: "e2e",
      testMatch: ["<rootDir>/test/e2e/**/*.test.ts"],
      setupFilesAfterEnv: ["<rootDir>/test/environment/patience.js"],
    },
  ],
};
