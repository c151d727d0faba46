import { KumustaError } from "../basics/errors.ts";

/** Exit codes of every command: fine, found faults, cannot run. */
export const exitCodes = { fine: 0, foundFaults: 1, cannotRun: 2 } as const;

/** What a person at a terminal reads when a command cannot run: what is wrong, each particular, what to do. */
export function sentenceOf(thrown: unknown): string {
  // The operating system's refusal says enough; a stack would hide it.
  if (thrown instanceof Error && "syscall" in thrown) return `Cannot run: ${thrown.message}`;
  if (!(thrown instanceof KumustaError))
    return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  const details = thrown.details.map((detail) => `\n  - ${detail}`).join("");
  const [what] = thrown.message.split(": ");
  return `${what ?? thrown.message}${details === "" ? "." : `:${details}`}\n${thrown.next}`;
}
