import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

/** The real program as a child process, on a free loopback port and a data folder of its own. */
export interface Program {
  readonly port: number;
  /** Address without a slash at the end. */
  readonly url: string;
  readonly dataDir: string;
  /** Everything printed so far. */
  output(): string;
  /** SIGTERM, then waits for the end. Gives the exit code. */
  stop(): Promise<number | null>;
  /** `kill -9`, then waits for the end. */
  kill(): Promise<void>;
}

/** Master key of the Direct Line API in tests. */
export const directLineSecret = "a-secret-for-tests-only";

const root = join(import.meta.dirname, "../..");
const started = z.object({ msg: z.literal("server.started"), port: z.number() });
/** Training on the demo content included, on a busy machine. */
const startMs = 60_000;

/** A new folder under the system's temporary one, and how to remove it. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "kumusta-e2e-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Starts the program in this checkout and waits until it serves. */
export async function startProgram(dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<Program> {
  const child = spawn(process.execPath, ["bin/kumusta.js", "start"], {
    cwd: root,
    env: {
      PATH: process.env["PATH"],
      HOST: "127.0.0.1",
      PORT: "0",
      DATA_DIR: dataDir,
      DIRECTLINE_SECRET: directLineSecret,
      BURST_QUIET_MS: "0",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks: string[] = [];
  const ended = new Promise<number | null>((resolve) => {
    child.once("close", (code) => resolve(code));
  });
  const output = () => chunks.join("");
  const port = await new Promise<number>((resolve, reject) => {
    const tooLong = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`Not serving within ${String(startMs)} ms:\n${output()}`));
    }, startMs);
    const take = (text: string) => {
      chunks.push(text);
      const found = portIn(output());
      if (found !== undefined) resolve(found);
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    void ended.then((code) => reject(new Error(`Ended with ${String(code)} before serving:\n${output()}`)));
    child.once("error", reject);
    const settled = () => clearTimeout(tooLong);
    void ended.then(settled);
    child.stderr.on("data", () => {
      if (portIn(output()) !== undefined) settled();
    });
  });
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  return {
    port,
    url: `http://127.0.0.1:${String(port)}`,
    dataDir,
    output,
    stop: () => end("SIGTERM"),
    kill: async () => {
      await end("SIGKILL");
    },
  };
}

function portIn(output: string): number | undefined {
  for (const line of output.split("\n")) {
    if (!line.startsWith("{")) continue;
    const parsed = started.safeParse(parseLine(line));
    if (parsed.success) return parsed.data.port;
  }
  return undefined;
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // A line that is not complete yet.
    return undefined;
  }
}
