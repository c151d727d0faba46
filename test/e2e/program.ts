import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { giveKeptModel, keepModel } from "../kept-model.ts";

/** The real program as a child process, on a free loopback port and a data folder of its own. */
export interface Program {
  readonly port: number;
  /** Address without a slash at the end. */
  readonly url: string;
  readonly dataDir: string;
  readonly pid: number;
  /** Everything printed so far. */
  output(): string;
  /** SIGTERM, then waits for the end. Gives the exit code; null when a signal ended it. */
  stop(): Promise<number | null>;
  /** `kill -9`, then waits for the end. */
  kill(): Promise<void>;
}

/** The program from its first instant, before it serves. */
export interface Launch {
  readonly pid: number;
  /** Everything printed so far, on both streams. */
  output(): string;
  /** What it printed on stderr. */
  errors(): string;
  /** The port, as soon as it serves; rejects with what was printed when it ends before. */
  serving(): Promise<number>;
  /** Exit code, once it and everything that it started is gone; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  signal(signal: NodeJS.Signals): void;
}

export interface LaunchOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Where it runs; this checkout unless told otherwise. */
  readonly cwd?: string;
  /** The command line; `bin/kumusta.js start` by this Node unless told otherwise. */
  readonly command?: readonly [string, ...string[]];
  /** With a data folder as new: it must learn before it serves. */
  readonly untrained?: true;
  /** In a process group of its own, which `signal` then means. */
  readonly group?: true;
}

/** Master key of the Direct Line API in tests. */
export const directLineSecret = "a-secret-for-tests-only";

/** This checkout. */
export const root = join(import.meta.dirname, "../..");
const started = z.object({ msg: z.literal("server.started"), port: z.number() });
/** Training on the demo content included, on a busy machine. */
const startMs = 60_000;

/** A new folder under the system's temporary one, and how to remove it. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "kumusta-e2e-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Starts the program and looks on, whatever becomes of it. */
export function launch(dataDir: string, options: LaunchOptions = {}): Launch {
  const [file, ...args] = options.command ?? [process.execPath, "bin/kumusta.js", "start"];
  if (options.untrained !== true) giveKeptModel(dataDir);
  const child = spawn(file, args, {
    cwd: options.cwd ?? root,
    env: {
      PATH: process.env["PATH"],
      HOST: "127.0.0.1",
      PORT: "0",
      DATA_DIR: dataDir,
      DIRECTLINE_SECRET: directLineSecret,
      BURST_QUIET_MS: "0",
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
    detached: options.group === true,
  });
  const chunks: string[] = [];
  const errors: string[] = [];
  const listeners = new Set<() => void>();
  const take =
    (...into: string[][]) =>
    (text: string) => {
      for (const list of into) list.push(text);
      for (const listener of listeners) listener();
    };
  child.stdout.setEncoding("utf8").on("data", take(chunks));
  child.stderr.setEncoding("utf8").on("data", take(chunks, errors));
  const ended = new Promise<number | null>((resolve) => {
    child.once("close", (code) => resolve(code));
    child.once("error", (thrown) => {
      take(chunks, errors)(thrown.message);
      resolve(127);
    });
  });
  const pid = child.pid ?? 0;
  const output = () => chunks.join("");
  const signal = (name: NodeJS.Signals) => {
    if (options.group !== true || pid === 0) child.kill(name);
    else signalGroup(pid, name);
  };
  return {
    pid,
    output,
    errors: () => errors.join(""),
    ended,
    signal,
    serving: () =>
      new Promise<number>((resolve, reject) => {
        const settle = () => {
          clearTimeout(tooLong);
          listeners.delete(look);
        };
        const look = () => {
          const port = portIn(output());
          if (port === undefined) return;
          settle();
          resolve(port);
        };
        const tooLong = setTimeout(() => {
          settle();
          signal("SIGKILL");
          reject(new Error(`Not serving within ${String(startMs)} ms:\n${output()}`));
        }, startMs);
        listeners.add(look);
        look();
        void ended.then((code) => {
          settle();
          reject(new Error(`Ended with ${String(code)} before serving:\n${output()}`));
        });
      }),
  };
}

/** Starts the program in this checkout and waits until it serves. */
export async function startProgram(
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Program> {
  return serving(launch(dataDir, { env }), dataDir);
}

/** Waits until a launched program serves. */
export async function serving(launched: Launch, dataDir: string): Promise<Program> {
  const port = await launched.serving();
  keepModel(dataDir);
  const end = (signal: NodeJS.Signals) => {
    launched.signal(signal);
    return launched.ended;
  };
  return {
    port,
    url: `http://127.0.0.1:${String(port)}`,
    dataDir,
    pid: launched.pid,
    output: launched.output,
    stop: () => end("SIGTERM"),
    kill: async () => {
      await end("SIGKILL");
    },
  };
}

function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch {
    // No such group: it ended by itself.
  }
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
