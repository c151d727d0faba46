import type { Intent } from "../../content/content.ts";
import { withOneTypo } from "../evaluation/typo.ts";
import type { Draws } from "./draws.ts";
import { outOfScopeMatters, outOfScopeWeights } from "./out-of-scope-lines.ts";
import type { PlannedCustomer } from "./planned-visit.ts";
import type { WishedDemoChannel } from "./traffic-mix.ts";

type Language = PlannedCustomer["language"];

/** Lines from the held-out tests, of all: most customers write as the maintainer foresaw, some don't. */
const heldOut = 0.15;
const typos = 0.12;

/** How this customer asks for it: a line of the content, with a typo, a “po” or capitals now and then. */
export function matterLine(intent: Intent | null, language: Language, draws: Draws): string {
  const line = intent === null ? outOfScopeLine(draws) : contentLine(intent, language, draws);
  const typed = draws.happens(typos) ? withOneTypo(line, draws.chance) : line;
  return manner(typed, language, draws);
}

function outOfScopeLine(draws: Draws): string {
  const matter = outOfScopeMatters[Number(draws.weighted(outOfScopeWeights) ?? 0)] ?? [];
  return draws.oneOf(matter) ?? "";
}

function contentLine({ utterances, tests }: Intent, language: Language, draws: Draws): string {
  const locale = language === "mixed" ? (draws.happens(0.6) ? "fil" : "en") : language;
  const lines = draws.happens(heldOut) ? tests : utterances;
  return draws.oneOf(lines[locale]) ?? draws.oneOf(utterances[locale]) ?? draws.oneOf(utterances.en) ?? "";
}

function manner(line: string, language: Language, draws: Draws): string {
  const polite = language === "en" ? ["pls", "please"] : language === "fil" ? ["po"] : ["po", "pls"];
  if (draws.happens(0.12)) return `${line} ${draws.oneOf(polite) ?? ""}`.trim();
  return draws.happens(0.04) ? line.toUpperCase() : line;
}

const greetings = {
  en: ["hi", "hello", "good day"],
  fil: ["hi po", "magandang araw po"],
  mixed: ["hi po", "hello po"],
};
const thanks = {
  en: ["thank you", "ok thanks"],
  fil: ["salamat po", "sige po salamat"],
  mixed: ["thank you po", "ok po tnx"],
};
const news = {
  en: ["any update on this?", "any news?", "following up on this please"],
  fil: ["ano na po balita", "may update na po ba", "pa follow up po"],
  mixed: ["any update po", "pa follow up po", "may news na po ba"],
};
const persons = {
  en: ["agent please", "can i talk to a person"],
  fil: ["tao po", "pwede po makausap ang tao"],
  mixed: ["agent po", "tao po pls"],
};

const said = { greetings, thanks, news, persons } as const;

export function usualLine(what: keyof typeof said, language: Language, draws: Draws): string {
  return draws.oneOf(said[what][language]) ?? "";
}

const wishes: Readonly<Record<WishedDemoChannel, readonly string[]>> = {
  viber: ["pwede po ba sa viber", "sa viber na lang po", "message me on viber please"],
  sms: ["text nyo na lang po ako", "pls text me instead", "sa text na lang po"],
  messenger: ["sa messenger na lang po", "pm nyo na lang ako", "contact me on messenger"],
  call: ["tawagan nyo na lang po ako", "can someone call me back", "paki tawagan po ako"],
  email: ["email me instead", "sa email na lang po", "update me by email please"],
  whatsapp: ["contact me on whatsapp please", "are you on whatsapp"],
};

export function wishLine(channel: WishedDemoChannel, draws: Draws): string {
  return draws.oneOf(wishes[channel]) ?? "";
}

const agentTexts = {
  en: [
    "Hi, I checked this for you. It is being taken care of, and you will hear from us again today.",
    "Thanks for waiting. I have corrected it on our side. Could you look again, please?",
    "Sorry for the trouble. I have passed this on and marked it as urgent.",
  ],
  fil: [
    "Hi po, na-check ko na po ito. Inaayos na po namin at babalitaan namin kayo ngayong araw.",
    "Salamat po sa paghihintay. Naayos ko na po sa aming side. Pa-check po ulit.",
    "Pasensya na po sa abala. Naipasa ko na po ito bilang urgent.",
  ],
};

export function agentLine(language: Language, draws: Draws): string {
  return draws.oneOf(agentTexts[language === "en" ? "en" : "fil"]) ?? "";
}

/** Six digits as the sample shop numbers its orders; now and then one that does not exist. */
export function orderNumber(draws: Draws): string {
  return String(
    Math.floor(draws.happens(0.9) ? draws.between(100_000, 900_000) : draws.between(900_000, 1_000_000)),
  );
}

const answers: readonly string[] = [
  "yung blue na medium po ang dumating, red ang inorder ko",
  "the box was open and one item is missing",
  "12 Mabini St, Brgy San Roque, Marikina City",
  "yung black na sapatos size 8",
  "change of mind po, hindi kasya",
];

/** Free words to a question that takes any. */
export function anyAnswer(draws: Draws): string {
  return draws.oneOf(answers) ?? "";
}
