/** What the business says and how: intents, dialogs, stages and teams, read once, frozen, identified by hash. */
import type { Attachment, Json } from "../basics/activity.ts";
import type { Touchpoint } from "./ownership.ts";
import type { PhraseList } from "./phrase-list.ts";
import type { Team } from "./teams.ts";

export const locales = ["en", "fil"] as const;
export type Locale = (typeof locales)[number];
/** One text in every language the shop answers in. */
export type LocalText = Readonly<Record<Locale, string>>;

export type Kind = "problem" | "task" | "question" | "other";
/** How well an action must know the customer before it runs. */
export type Proof = "anonymous" | "channel" | "verified";

export interface Stage {
  readonly id: string;
  readonly title: string;
  /** Team that answers for this stage. */
  readonly owner: string;
}

export interface Intent {
  readonly id: string;
  /** What customers read when the bot asks whether they mean this. */
  readonly title: LocalText;
  readonly kind: Kind;
  readonly stage: string;
  readonly topic?: string | undefined;
  readonly dialog: string;
  readonly utterances: Readonly<Record<Locale, readonly string[]>>;
  /** Held-out lines: never trained on, used to measure. */
  readonly tests: Readonly<Record<Locale, readonly string[]>>;
  /** Lines that look alike and mean something else: this intent must not be recognized in them. */
  readonly counterexamples: Readonly<Record<Locale, readonly string[]>>;
}

export interface Choice {
  readonly title: LocalText;
  /** Intent that the tap means. */
  readonly intent: string;
}

export interface Variant {
  readonly id: string;
  readonly text: LocalText;
  /** Short form, for channels that count characters. */
  readonly sms?: LocalText | undefined;
}

/** One thing to say, in one or more wordings. */
export interface Saying {
  readonly variants: readonly Variant[];
  readonly choices: readonly Choice[];
  /** Pictures and files sent along. */
  readonly attachments: readonly Attachment[];
}

export interface SayStep {
  readonly type: "say";
  readonly id: string;
  readonly say: Saying;
  readonly next?: string | undefined;
}
/** What recognition finds in messages and a question may ask for. */
export const entityTypes = ["orderNumber", "phone", "email", "date", "place", "product", "amount"] as const;
export type EntityType = (typeof entityTypes)[number];
/** Which days an answer may name, counted in Philippine time. */
export type Days = "fromToday" | "future" | "past";

export interface AskStep {
  readonly type: "ask";
  readonly id: string;
  readonly slot: string;
  /** What the slot is called in the customer's words: "order number". Finds it when they ask to change it. */
  readonly title?: LocalText | undefined;
  readonly say: Saying;
  /** What is said when the answer does not fit. */
  readonly retry: Saying;
  /** Regular expression (JavaScript, `iu`) that finds the answer in what the customer wrote. */
  readonly pattern?: string | undefined;
  /** Taken from what recognition found, with its normalized value. With a pattern too, either finds the answer. */
  readonly entity?: EntityType | undefined;
  /** Any words of at least this many characters are the answer. */
  readonly text?: number | undefined;
  /** A picture is the answer. */
  readonly photo: boolean;
  /** The customer may skip it. */
  readonly optional: boolean;
  readonly days?: Days | undefined;
  readonly least?: number | undefined;
  readonly most?: number | undefined;
  /** Said with the answer filled in, before it counts: the customer says yes or no. */
  readonly confirm?: Saying | undefined;
  /** Said in place of the question where the answer is known already. */
  readonly known?: Saying | undefined;
  /** The answer is looked for in the message that began the flow too. */
  readonly fromOpening: boolean;
  /** How often it is asked in all before a person takes over. */
  readonly tries: number;
  readonly next?: string | undefined;
}
export interface Option {
  readonly id: string;
  readonly title: LocalText;
  /** Words that mean this option too. */
  readonly words: PhraseList;
  readonly next?: string | undefined;
}
export interface ChooseStep {
  readonly type: "choose";
  readonly id: string;
  /** Slot that keeps the option's id; texts show its title. */
  readonly slot?: string | undefined;
  readonly say: Saying;
  readonly retry?: Saying | undefined;
  readonly options: readonly Option[];
  readonly tries: number;
  readonly next?: string | undefined;
}
/** A test of one slot, or of the customer's proof. Data, never evaluated. */
export type Condition =
  | { readonly test: "is" | "isNot"; readonly slot: string; readonly value: Json }
  | { readonly test: "oneOf"; readonly slot: string; readonly values: readonly Json[] }
  | { readonly test: "known"; readonly slot: string; readonly value: boolean }
  | { readonly test: "above" | "below"; readonly slot: string; readonly value: number }
  | { readonly test: "verified"; readonly value: boolean };
export interface WhenStep {
  readonly type: "when";
  readonly id: string;
  readonly condition: Condition;
  readonly then: string;
  readonly else?: string | undefined;
}
export interface CallStep {
  readonly type: "call";
  readonly id: string;
  readonly action: string;
  readonly needs: Proof;
  /** Slots given to the action. */
  readonly with: readonly string[];
  /** Said when the action takes longer than `slowAfterMs`. */
  readonly slow?: Saying | undefined;
  readonly slowAfterMs: number;
  readonly next?: string | undefined;
  readonly failed?: string | undefined;
  /** Where it goes on when the action needs proof and the customer gave none; without it a person takes over. */
  readonly unverified?: string | undefined;
}
export interface HandOffStep {
  readonly type: "handOff";
  readonly id: string;
  readonly team?: string | undefined;
}
export interface DoneStep {
  readonly type: "done";
  readonly id: string;
}
export type Step = SayStep | AskStep | ChooseStep | WhenStep | CallStep | HandOffStep | DoneStep;

export interface Script {
  readonly type: "script";
  readonly id: string;
  readonly say: Saying;
  /** Said when the customer asks for news of this matter later. */
  readonly followUp?: Saying | undefined;
}
export interface Flow {
  readonly type: "flow";
  readonly id: string;
  readonly steps: readonly Step[];
}
export type Dialog = Script | Flow;

/** Sayings that belong to no single intent. */
export interface Shared {
  /** What the bot is called in the chat: the shop's name. */
  readonly name: string;
  /** Added to the first reply of a first visit: that this is an automated assistant, how to reach a person, the privacy notice. */
  readonly disclosure: Saying;
  /** Different words for misses in a row, at most two; then a person takes over. May show {examples}. */
  readonly fallback: readonly Saying[];
  readonly clarify: Saying;
  /** Said when none of the offered meanings was meant. May show {examples}. */
  readonly somethingElse: Saying;
  /* Said around a handover: who, when, and what next. {team}, {when} and {agent} are filled in. */
  readonly handOff: Saying;
  /** The customer asks again while they stand in line. */
  readonly alreadyWaiting: Saying;
  /** A promise was broken: the same team gives a new one. */
  readonly stillWaiting: Saying;
  /** Broken again: {team} takes over from {lateTeam}. */
  readonly escalated: Saying;
  /** Broken too often: no time is named any more. */
  readonly stillWaitingLast: Saying;
  /** The customer took the bot back and keeps their place in line. */
  readonly backToBot: Saying;
  /** The same with nobody to wait for. */
  readonly withBot: Saying;
  readonly continuedCase: Saying;
  /** Above what opens the web chat with the same concern. */
  readonly goOnInWeb: Saying;
  readonly inWebAlready: Saying;
  readonly agentJoined: Saying;
  /** Somebody had the case and said nothing: it stands in line again. */
  readonly agentSilent: Saying;
  readonly caseReturned: Saying;
  readonly caseClosed: Saying;
  readonly cancelled: Saying;
  readonly actionFailed: Saying;
  readonly restarted: Saying;
  readonly cannotRead: Saying;
  /** An option was to be picked and was not. */
  readonly pickOne: Saying;
  /** A flow of an earlier visit waits: {title}. Asked before it goes on. */
  readonly goOn: Saying;
  /** Something was asked for that only a proved customer may see or change. */
  readonly notVerified: Saying;
  /** Somebody else's data were asked for. */
  readonly othersData: Saying;
  readonly tooLong: Saying;
  /** Calm words to abuse, one each time; after the last one a person takes over. */
  readonly abuse: readonly Saying[];
  /** News of {title} were asked for: how it stands. */
  readonly followUp: Readonly<Record<"open" | "unsolved" | "inLine" | "inLineNoTime", Saying>>;
  readonly media: Readonly<Record<MediaSaying, Saying>>;
  /** Slots that are asked once a visit: later flows take them as given. */
  readonly rememberedSlots: ReadonlySet<string>;
  /** Stages whose team takes a photo that comes without words. */
  readonly photoStages: ReadonlySet<string>;
  readonly buttons: Readonly<Record<Button, LocalText>>;
  readonly phrases: Phrases;
  readonly emoji: { readonly yes: readonly string[]; readonly upset: readonly string[] };
  /** Intents shown as examples of what may be asked, by stage; `any` where no stage is known. */
  readonly examples: Readonly<Record<string, readonly string[]>>;
  /* The law of text messages: said alone, whatever the conversation is about. {name} is filled in. */
  readonly optedOut: Saying;
  readonly optedIn: Saying;
  readonly smsHelp: Saying;
  /** Team that takes what no stage owns. */
  readonly defaultTeam: string;
}

export type MediaSaying =
  "voice" | "photo" | "photoToTeam" | "photoToCase" | "file" | "location" | "kindWord" | "upset";
export type Button =
  "person" | "bot" | "somethingElse" | "yes" | "no" | "skip" | "unsolved" | "solved" | "web";

/** How customers ask to be written to by a channel. */
export interface WishedChannels {
  /** A message without any of these words holds none of the phrases: most messages are passed over by this. */
  readonly telling: ReadonlySet<string>;
  /** In the order in which the content lists the channels. */
  readonly byChannel: ReadonlyMap<string, PhraseList>;
}

/** What customers type that is understood by its words, not by the recognizer. */
export interface Phrases {
  /** Asks for a person, wherever it stands in a message. */
  readonly person: PhraseList;
  /** Asks for a person when it is the whole message. */
  readonly personAlone: PhraseList;
  /** Takes the bot back while in line, as a whole message. */
  readonly bot: PhraseList;
  /** Ends the open flow, as a whole message. */
  readonly cancel: PhraseList;
  /** Asks to go on in web chat, as a whole message. */
  readonly web: PhraseList;
  readonly yes: PhraseList;
  readonly no: PhraseList;
  readonly skip: PhraseList;
  /** Takes back an answer given before. */
  readonly correct: PhraseList;
  /** Asks for news of a matter. */
  readonly news: PhraseList;
  /** Says that a matter is still not solved. */
  readonly unsolved: PhraseList;
  /** Calls for attention: "hello??". */
  readonly nudge: PhraseList;
  /** Words by which a message reads like a question: "how", "magkano". */
  readonly questions: PhraseList;
  /** Asks for a moment. */
  readonly wait: PhraseList;
  /** Words that add nothing: "po", "pls". */
  readonly fillers: PhraseList;
  readonly abuse: PhraseList;
  readonly othersData: PhraseList;
  /** Asks to be written to by a channel. */
  readonly wishedChannels: WishedChannels;
}

/** What the business can do when a flow calls it. */
export interface DeclaredAction {
  /** Fields that its result has. */
  readonly gives: readonly string[];
  /** Whether it shows or changes personal data: then it is for verified contacts only. */
  readonly personal: "none" | "shows" | "changes";
}

export interface Content {
  /** SHA-256 over the files, hexadecimal, first 16 characters: names this exact content. */
  readonly version: string;
  readonly stages: ReadonlyMap<string, Stage>;
  readonly touchpoints: readonly Touchpoint[];
  readonly intents: ReadonlyMap<string, Intent>;
  readonly dialogs: ReadonlyMap<string, Dialog>;
  readonly teams: ReadonlyMap<string, Team>;
  readonly actions: ReadonlyMap<string, DeclaredAction>;
  /** Of the business: all hours, promises and business months are in it. */
  readonly timeZone: string;
  readonly shared: Shared;
}
