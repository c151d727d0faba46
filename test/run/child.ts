import { spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";

/** How a child process ended, with everything it printed on either stream, in order. */
export interface ChildEnd {
  /** Exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly output: string;
  readonly timedOut: boolean;
}

export interface ChildLimits {
  readonly cwd: string;
  readonly timeLimitMs: number;
  /** When this appears in the output, the child has `graceMs` left to end by itself. */
  readonly endsSoonAfter?: { readonly sign: RegExp; readonly graceMs: number };
  /** Ends the child early; the run is being given up. */
  readonly signal: AbortSignal;
}

/** Between asking a process group to end and ending it. */
const KILL_AFTER_MS = 5_000;

/**
 * Runs a command in a process group of its own, without a terminal or stdin, and waits for its end. Beyond
 * its time limit the whole group is ended: SIGTERM, then SIGKILL. A command that cannot be started ends with
 * code 127 and the reason as output.
 */
export async function runChild(
  command: string,
  args: readonly string[],
  limits: ChildLimits,
): Promise<ChildEnd> {
  const child = spawn(command, args, {
    cwd: limits.cwd,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks: string[] = [];
  const stop = new AbortController();
  let timedOut = false;
  const endAfter = (delayMs: number): void => {
    wait(delayMs, undefined, { signal: stop.signal }).then(
      async () => {
        timedOut = true;
        await endGroup(child.pid, stop.signal);
      },
      () => undefined,
    );
  };
  const giveUp = (): void => void endGroup(child.pid, stop.signal);
  limits.signal.addEventListener("abort", giveUp, { once: true });
  endAfter(limits.timeLimitMs);

  const soon = limits.endsSoonAfter;
  let armed = false;
  const take = (text: string): void => {
    chunks.push(text);
    if (soon !== undefined && !armed && soon.sign.test(text)) {
      armed = true;
      endAfter(soon.graceMs);
    }
  };
  child.stdout.setEncoding("utf8").on("data", take);
  child.stderr.setEncoding("utf8").on("data", take);

  const code = await new Promise<number | null>((resolve) => {
    child.on("error", (error) => {
      chunks.push(`${command}: ${error.message}\n`);
      resolve(127);
    });
    child.on("close", (exitCode) => resolve(exitCode));
  });
  stop.abort();
  limits.signal.removeEventListener("abort", giveUp);
  return { code, output: chunks.join(""), timedOut };
}

/** Ends the process group that `leader` leads; gone already is fine. `ended` cuts the wait short. */
async function endGroup(leader: number | undefined, ended: AbortSignal): Promise<void> {
  if (leader === undefined) return;
  signalGroup(leader, "SIGTERM");
  await wait(KILL_AFTER_MS, undefined, { signal: ended }).catch(() => undefined);
  signalGroup(leader, "SIGKILL");
}

function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch {
    // No such group: it ended by itself.
  }
}
