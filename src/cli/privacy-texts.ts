import { isoTime } from "../basics/time.ts";
import type { ErasureReceipt } from "../store/privacy/erase-person.ts";
import type { FoundConversation, HeldCounts } from "../store/privacy/person-finder.ts";

export interface Finding {
  readonly conversations: readonly (FoundConversation & { readonly held: HeldCounts })[];
  /** Conversations of others in whose vault a value of the person stands. */
  readonly givenIn: readonly {
    readonly conversation: FoundConversation;
    readonly values: readonly string[];
  }[];
}

const day = (at: number) => isoTime(at).slice(0, 10);

function counted(n: number, one: string, many = `${one}s`): string | undefined {
  return n === 0 ? undefined : `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
}

function heldLine(held: HeldCounts): string {
  const values = Object.entries(held.vault).map(([type, n]) => `${type} ${String(n)}`);
  return [
    counted(held.turns, "turn"),
    counted(held.messages, "raw message"),
    counted(held.waiting, "message waiting", "messages waiting"),
    counted(held.replies, "reply or action", "replies and actions"),
    counted(held.transcriptLines, "line of history", "lines of history"),
    counted(
      held.uploads,
      `file (${String(held.uploadBytes)} bytes)`,
      `files (${String(held.uploadBytes)} bytes)`,
    ),
    counted(held.cases, "case"),
    counted(held.openCases, "open case"),
    values.length === 0 ? undefined : `values: ${values.join(", ")}`,
  ]
    .filter((part) => part !== undefined)
    .join("; ");
}

/** What is held, for a person at a terminal. */
export function findingText({ conversations, givenIn }: Finding): string {
  if (conversations.length + givenIn.length === 0) return "Nothing is held on this person.";
  const lines = conversations.map(
    ({ id, channel, contact, createdAt, updatedAt, held }) =>
      `${channel} ${contact}, since ${day(createdAt)}, last ${day(updatedAt)} (conversation ${id})\n  ${heldLine(held)}`,
  );
  if (givenIn.length > 0) {
    lines.push(
      "Given by somebody in these conversations, which are not erased with this person (look at each):",
      ...givenIn.map(
        ({ conversation: { id, channel, contact }, values }) =>
          `  ${values.join(", ")} in ${channel} ${contact} (conversation ${id})`,
      ),
    );
  }
  return lines.join("\n");
}

/** What was erased, for a person at a terminal. */
export function erasureText({ removed, logEmptied }: ErasureReceipt, file: string): string {
  const parts = [
    counted(removed.conversations, "conversation"),
    counted(removed.turns, "turn without its words", "turns without their words"),
    counted(removed.messages, "raw message"),
    counted(removed.replies, "reply or action", "replies and actions"),
    counted(removed.transcriptLines, "line of history", "lines of history"),
    counted(removed.uploads, "file"),
    counted(removed.vaultValues, "value"),
    counted(removed.casesClosed, "open case closed", "open cases closed"),
  ].filter((part) => part !== undefined);
  const log = logEmptied
    ? ""
    : "\nThe database's own log could not be emptied now: it is written over as the server goes on (docs/privacy.md).";
  return `Erased: ${parts.join("; ")}.\nReceipt: ${file}${log}`;
}
