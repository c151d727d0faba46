import type { Estimate } from "./report.ts";

const kindWords: Readonly<Record<string, string>> = {
  problem: "Problems",
  task: "Tasks",
  question: "Questions",
};

/** 1.38 as "38 %", 0.7 as "30 %", 3.2 as "to 3.2 times". */
function size(ratio: number): string {
  if (ratio >= 2) return `to ${ratio.toFixed(1)} times`;
  return `${String(Math.round(Math.abs(ratio - 1) * 100))} %`;
}

function signed(ratio: number, direction: "rose" | "fell", times: boolean): string {
  if (times) return ratio.toFixed(1);
  const percent = Math.round((direction === "rose" ? ratio - 1 : 1 - ratio) * 100);
  return `${percent < 0 ? `−${String(-percent)}` : String(percent)} %`;
}

/** "rose 38 % (21 % to 57 %)", "fell 30 % (18 % to 41 %)", "rose to 3.2 times (2.1 to 4.9)". */
export function movedBy({ value, low, high }: Estimate, direction: "rose" | "fell"): string {
  const times = direction === "rose" && value >= 2;
  const [from, to] = direction === "rose" ? [low, high] : [high, low];
  return `${direction} ${size(value)} (${signed(from, direction, times)} to ${signed(to, direction, times)})`;
}

/** What customers wrote about, as a sentence begins: "Questions about account creation", "“Reset my password”". */
export function subjectOf(kind: string, stageTitle: string, intentTitle: string | null): string {
  if (intentTitle !== null) return `“${intentTitle}”`;
  const stage = stageTitle.toLowerCase();
  const words = kindWords[kind];
  return words === undefined ? `Other messages about ${stage}` : `${words} about ${stage}`;
}

const placeNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  device: { mobile: "on mobile", desktop: "on desktop", tablet: "on tablets" },
  channel: {
    webchat: "in the web chat",
    messenger: "on Messenger",
    sms: "by SMS",
    telegram: "on Telegram",
    viber: "on Viber",
  },
  language: { en: "in English", fil: "in Filipino" },
  lifecycle: {
    prospect: "among people who have not bought yet",
    "first-purchase": "among first-time customers",
    "repeat-purchase": "among returning customers",
    unknown: "among customers nobody knows yet",
  },
};

/** "on mobile", "by SMS", "among returning customers". */
export function placeWords(dimension: string, value: string): string {
  return placeNames[dimension]?.[value] ?? `where ${dimension} is ${value}`;
}
