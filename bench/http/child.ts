import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";

/** A server under measurement, in a process of its own so that its CPU is its alone. */
export interface MeasuredServer {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts a program and waits until a line on its stderr names its port. */
export async function startServer(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<MeasuredServer> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const port = await portOf(child);
  const { pid } = child;
  if (pid === undefined) throw new TypeError("the server has no process");
  return {
    port,
    pid,
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => {
          resolve();
        });
        child.kill("SIGTERM");
      }),
  };
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const port = /"port":(\d+)/u.exec(said)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.once("exit", (code) => {
      reject(new Error(`the server ended with ${String(code)}: ${said}`));
    });
  });
}

/** Linux counts CPU time in ticks of 1/100 s for user space (man 5 proc, man 3 sysconf). */
const msPerTick = 10;

/** CPU time that a process has used until now, ms: user and system, all its threads. */
export function cpuMs(pid: number): number {
  const fields =
    readFileSync(`/proc/${String(pid)}/stat`, "utf8")
      .split(") ")[1]
      ?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * msPerTick;
}

/** Resident memory of a process now, MiB. */
export function residentMiB(pid: number): number {
  const pages = Number(readFileSync(`/proc/${String(pid)}/statm`, "utf8").split(" ")[1]);
  return (pages * 4_096) / 1_048_576;
}
