import { jest } from "@jest/globals";

// Databases, child processes and browsers take seconds to start on a busy machine. (jest takes no time limit
// per project: `testTimeout` of a project's configuration is ignored.)
jest.setTimeout(120_000);
