import type { CommanderError } from "commander";
import { KumustaError } from "../basics/errors.ts";
import { exitCodes, sentenceOf } from "./run-command.ts";

/** How commander ends a command that was asked wrongly (an unknown option, a bad value): it cannot run. Help is fine. */
export function endCommand(error: CommanderError): never {
  process.exit(error.exitCode === 0 ? exitCodes.fine : exitCodes.cannotRun);
}

/** Runs a command's body and sets the exit code to what it answers, or to “cannot run” with a sentence on stderr. */
export async function orCannotRun(body: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await body();
  } catch (thrown) {
    // A file that is not there is the caller's matter: its sentence says enough, a stack would hide it.
    const known = thrown instanceof KumustaError || !(thrown instanceof Error) || !("code" in thrown);
    console.error(known ? sentenceOf(thrown) : thrown.message);
    process.exitCode = exitCodes.cannotRun;
  }
}
