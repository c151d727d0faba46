/** What the business says and how: intents, dialogs, stages and teams, read once, frozen, identified by hash. */
import type { Attachment } from "../basics/activity.ts";
import type { Touchpoint } from "./ownership.ts";
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
export interface AskStep {
  readonly type: "ask";
  readonly id: string;
  readonly slot: string;
  readonly say: Saying;
  /** What is said when the answer does not fit. */
  readonly retry: Saying;
  /** Regular expression (JavaScript, `iu`) that finds the answer in what the customer wrote. */
  readonly pattern: string;
  /** How often it is asked in all before a person takes over. */
  readonly tries: number;
  readonly next?: string | undefined;
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
export type Step = SayStep | AskStep | CallStep | HandOffStep | DoneStep;

export interface Script {
  readonly type: "script";
  readonly id: string;
  readonly say: Saying;
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
  /** One a miss, in order; after the last one a person takes over. */
  readonly fallback: readonly Saying[];
  readonly clarify: Saying;
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
  readonly agentJoined: Saying;
  /** Somebody had the case and said nothing: it stands in line again. */
  readonly agentSilent: Saying;
  readonly caseReturned: Saying;
  readonly caseClosed: Saying;
  readonly cancelled: Saying;
  readonly actionFailed: Saying;
  readonly restarted: Saying;
  readonly cannotRead: Saying;
  /* The law of text messages: said alone, whatever the conversation is about. {name} is filled in. */
  readonly optedOut: Saying;
  readonly optedIn: Saying;
  readonly smsHelp: Saying;
  /** Whole messages that are commands wherever the conversation stands, as `bareWords`. */
  readonly commands: {
    readonly person: ReadonlySet<string>;
    readonly bot: ReadonlySet<string>;
    readonly cancel: ReadonlySet<string>;
  };
  /** What buttons of our own say. */
  readonly buttons: { readonly bot: LocalText };
  /** Team that takes what no stage owns. */
  readonly defaultTeam: string;
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
