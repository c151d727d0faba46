import type { Kind } from "../../content/content.ts";
import type { Lifecycle } from "../../content/ownership.ts";
import type { Report } from "../report/report.ts";

export const kindTitles: Readonly<Record<Kind, string>> = {
  problem: "Problems",
  task: "Tasks",
  question: "Questions",
  other: "Other",
};

export const lifecycleTitles: Readonly<Record<Lifecycle, string>> = {
  prospect: "Not bought yet",
  "first-purchase": "First purchase",
  "repeat-purchase": "Bought again",
  unknown: "Not known",
};

/** Words for what the log holds as identifiers. What is not here (a page, a campaign, a new channel) stands as it is. */
const plainWords: ReadonlyMap<string, string> = new Map([
  ["webchat", "Web chat"],
  ["messenger", "Messenger"],
  ["sms", "SMS"],
  ["telegram", "Telegram"],
  ["viber", "Viber"],
  ["email", "E-mail"],
  ["whatsapp", "WhatsApp"],
  ["instagram", "Instagram"],
  ["call", "Phone call"],
  ["mobile", "Mobile"],
  ["desktop", "Desktop"],
  ["tablet", "Tablet"],
  ["en", "English"],
  ["fil", "Filipino"],
  ["tl", "Filipino"],
  ["mixed", "Taglish"],
  ["device", "Device"],
  ["channel", "Channel"],
  ["language", "Language"],
  ["lifecycle", "Customers"],
  ["requested", "Asked for a person"],
  ["lowConfidence", "The bot was not sure"],
  ["repeatedFallback", "Not understood again and again"],
  ["negativeSentiment", "The customer was upset"],
  ["policy", "The shop's rule"],
  ["noScript", "No script for it"],
  ["actionFailed", "An action failed"],
  ["followUpUnresolved", "Back with the same matter"],
  ["other", "Other"],
  ["", "Not known"],
  ...Object.entries(lifecycleTitles),
]);

export const plain = (value: string): string => plainWords.get(value) ?? value;

type Named = Pick<Report, "stages" | "teams" | "intents">;

export const stageTitle = ({ stages }: Named, stage: string | null): string =>
  stages.find(({ id }) => id === stage)?.title ?? (stage === null || stage === "" ? "No stage yet" : stage);

export const teamName = ({ teams }: Named, team: string | null): string =>
  teams.find((page) => page.team === team)?.name ?? (team === null || team === "" ? "Nobody" : team);

export const intentTitle = ({ intents }: Named, intent: string): string =>
  intents.find((line) => line.intent === intent)?.title ?? intent;

/** A heading's first letter, where the words come out of a sentence. */
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
