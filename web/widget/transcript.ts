import type { WireActivity } from "../../src/channels/webchat/protocol.ts";
import type { OnPress } from "./card-view.ts";
import { dayLabel } from "./day-label.ts";
import { element } from "./element.ts";
import { messageLine, outgoingLine, type MessageLine } from "./message-line.ts";
import type { Outgoing, SendState } from "./outbox.ts";
import type { Words } from "./words.ts";

interface Parts {
  readonly log: HTMLElement;
  readonly newer: HTMLButtonElement;
  readonly words: Words;
  readonly language: string;
  readonly base: string;
  readonly onRetry: (id: string) => void;
  /** A card's button says something. */
  readonly onPress: OnPress;
}

/** History may come in several frames; so long after the last one it is all there, ms. */
const settledMs = 400;
/** Nearer to the end than this, the customer is reading the newest, px. */
const nearEnd = 80;

/**
 * The messages on screen: what the server has, in its order, then what is on its way. Each stands there once, however
 * often it comes. Only what is new is read out: the log is quiet while history is put into it.
 */
export class Transcript {
  readonly #parts: Parts;
  readonly #known = new Set<string>();
  readonly #own = new Map<string, MessageLine>();
  /** Own lines that the server has not sent back yet; they stay at the end. */
  readonly #pending = new Map<string, HTMLElement>();
  #lastDay = "";
  #quietUntil: ReturnType<typeof setTimeout> | undefined;
  #isHistory = true;
  /** The customer reads the newest: what grows above, as a picture that comes late, does not push it away. */
  #follows = true;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { log, newer } = parts;
    log.addEventListener("scroll", () => {
      this.#follows = this.atEnd;
      if (this.atEnd) newer.hidden = true;
    });
    newer.addEventListener("click", () => this.toEnd());
  }

  get atEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.#parts.log;
    return scrollHeight - scrollTop - clientHeight < nearEnd;
  }

  get isEmpty(): boolean {
    return this.#known.size === 0 && this.#pending.size === 0;
  }

  /** Whether what comes now is history, and nothing that just happened. */
  get isHistory(): boolean {
    return this.#isHistory;
  }

  /** Another conversation begins. */
  clear(): void {
    this.#parts.log.replaceChildren();
    this.#known.clear();
    this.#own.clear();
    this.#pending.clear();
    this.#lastDay = "";
    this.#isHistory = true;
    this.#parts.log.setAttribute("aria-live", "off");
  }

  toEnd(): void {
    this.#parts.log.scrollTop = this.#parts.log.scrollHeight;
    this.#follows = true;
    this.#parts.newer.hidden = true;
  }

  /** A frame of the history was put in: soon it is all there, and what comes then is new. */
  frameEnded(): void {
    if (!this.#isHistory) return;
    clearTimeout(this.#quietUntil);
    this.#quietUntil = setTimeout(() => this.historyEnded(), settledMs);
  }

  /** What comes from now on is new: the history is in, or the customer writes already. */
  historyEnded(): void {
    clearTimeout(this.#quietUntil);
    this.#isHistory = false;
    this.#parts.log.setAttribute("aria-live", "polite");
  }

  /** Shows what the customer just wrote, or wrote before and could not send. */
  addOutgoing(message: Outgoing, file?: File): void {
    if (this.#own.has(message.id)) return;
    const { words, language, onRetry, log } = this.#parts;
    const line = outgoingLine(message, file, words, language, () => onRetry(message.id));
    this.#own.set(message.id, line);
    this.#pending.set(message.id, line.root);
    this.#day(new Date(message.at), null);
    log.append(line.root);
    line.setState(message.failed === true ? "failed" : "waiting");
    this.toEnd();
  }

  setState(id: string, state: SendState, progress?: number): void {
    this.#own.get(id)?.setState(state, progress);
  }

  /** Shows a message of the server. False when it stood there before. */
  add(activity: WireActivity, isFirstUnread: boolean): boolean {
    if (this.#known.has(activity.id)) return false;
    this.#known.add(activity.id);
    const { log, newer, words, base, language, onPress } = this.#parts;
    const wasAtEnd = this.atEnd;
    const onLoad = () => {
      if (this.#follows) this.toEnd();
    };
    const clientId = activity.channelData?.clientActivityID ?? "";
    const waiting = this.#pending.get(clientId);
    const [first] = this.#pending.values();
    if (waiting !== undefined && (activity.attachments ?? []).length === 0) {
      // Its words stand there already. Moved only when another one overtook it, so that nothing is read out twice.
      this.#pending.delete(clientId);
      if (first !== undefined && first !== waiting) first.before(waiting);
      this.#own.get(clientId)?.setState("sent");
      return true;
    }
    const line = messageLine(activity, { base, words, onLoad, onPress }, language);
    if (waiting === undefined) {
      this.#day(new Date(activity.timestamp), first ?? null);
      if (isFirstUnread && this.#isHistory)
        log.insertBefore(element("div", { class: "mark new" }, words.newMessages), first ?? null);
      log.insertBefore(line.root, first ?? null);
    } else {
      this.#pending.delete(clientId);
      waiting.replaceWith(line.root);
      this.#own.set(clientId, line);
      line.setState("sent");
    }
    if (wasAtEnd || this.#isHistory) this.toEnd();
    else newer.hidden = false;
    return true;
  }

  #day(at: Date, before: Node | null): void {
    const day = at.toDateString();
    if (day === this.#lastDay) return;
    this.#lastDay = day;
    const { log, words, language } = this.#parts;
    log.insertBefore(element("div", { class: "mark" }, dayLabel(at, new Date(), words, language)), before);
  }
}
