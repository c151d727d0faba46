import type { TurnView } from "../../src/console/demo-protocol.ts";

const outcomes: Readonly<Record<TurnView["outcome"], string>> = {
  answered: "Answered",
  clarified: "Asked back",
  fellBack: "Missed",
  handedOff: "Handed over",
  silent: "Silent",
};

const languages: Readonly<Record<string, string>> = {
  en: "English",
  fil: "Filipino",
  mixed: "Taglish",
  unknown: "language not clear",
};

const reasons: Readonly<Record<string, string>> = {
  requested: "The customer asked for a person",
  lowConfidence: "The bot was not sure enough",
  repeatedFallback: "The bot did not understand several times",
  negativeSentiment: "The customer is upset",
  policy: "A rule of the shop says that a person decides",
  noScript: "The shop has no answer to this yet",
  actionFailed: "The shop's system did not answer",
  followUpUnresolved: "The matter is still not solved",
};

const triggers: Readonly<Record<string, string>> = {
  timer: "(a timer ran out)",
  actionResult: "(the shop's system answered)",
  event: "(the chat began)",
};

/** What became of it, in a word or two. */
export const outcomeWord = ({ outcome, trigger }: TurnView): string =>
  trigger === "agent" ? "A person" : outcomes[outcome];
export const languageWord = (language: string): string => languages[language] ?? language;
export const reasonWord = (reason: string): string => reasons[reason] ?? reason;

/** What a person did, by what it meant for the case. */
const acts: Readonly<Record<string, string>> = {
  assigned: "(a person took the case)",
  replied: "(a person answered)",
  returned: "(a person gave the customer back to the bot)",
  closed: "(a person closed the case)",
  refused: "(a person’s act came too late)",
};

/** What set the turn off, in one line. */
export function triggerLine({ heard, trigger, cases }: TurnView): string {
  if (trigger === "agent") return acts[cases.at(-1)?.type ?? ""] ?? "(a person acted)";
  return heard.length > 0 ? heard.join(" ⏎ ") : (triggers[trigger] ?? `(${trigger})`);
}

/** One sentence on what became of it. */
export function outcomeSentence({ outcome, misses, trigger, calls, replies, flow }: TurnView): string {
  if (calls.length > 0 && replies.length === 0) return "Asked the shop's system; speaks when it answers.";
  switch (outcome) {
    case "answered":
      return flow === null ? "Answered from a script." : "Answered, and the flow goes on.";
    case "clarified":
      return flow === null ? "Not sure which is meant: asks." : "The answer did not fit: asks again.";
    case "fellBack":
      return misses === 1
        ? "Not understood. Two more in a row, and a person takes over."
        : "Not understood again. Once more, and a person takes over.";
    case "handedOff":
      return "A person takes over.";
    case "silent":
      if (trigger === "agent") return "A person’s act, not the bot’s.";
      return trigger === "message" || trigger === "choice"
        ? "A person has the conversation: the bot is silent."
        : "Nothing to say.";
  }
}

export function percent(share: number): string {
  const value = share * 100;
  return value > 0 && value < 1 ? "< 1 %" : `${String(Math.round(value))} %`;
}

export function duration(ms: number): string {
  if (ms < 1) return "< 1 ms";
  return ms < 1_000 ? `${String(Math.round(ms))} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
