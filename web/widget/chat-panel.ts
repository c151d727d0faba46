import type { ActivitySet, WireActivity } from "../../src/channels/webchat/protocol.ts";
import { listenToComposer } from "./composer.ts";
import { Connection } from "./connection.ts";
import { element } from "./element.ts";
import { browserKept } from "./kept.ts";
import { Outbox } from "./outbox.ts";
import css from "./panel.css?inline";
import { PanelFrame } from "./panel-frame.ts";
import { createShell, type Shell } from "./shell.ts";
import { Transcript } from "./transcript.ts";
import { Unread } from "./unread.ts";
import { mostFileBytes } from "./upload.ts";
import type { Identity, Panel, Surroundings } from "./widget-api.ts";
import { words as allWords, type Words } from "./words.ts";

/** Without a message after it, typing is over, ms. */
const typingMs = 6_000;
/** Reconnecting takes no longer than this, mostly; only then is it worth saying, ms. */
const patienceMs = 1_500;

/** The chat: what comes from the server, what goes there, and what the customer sees of both. */
export class ChatPanel implements Panel {
  readonly #around: Surroundings;
  readonly #words: Words;
  readonly #shell: Shell;
  readonly #frame: PanelFrame;
  readonly #connection: Connection;
  readonly #outbox: Outbox;
  readonly #transcript: Transcript;
  readonly #unread: Unread;
  /** Ids of what was written on this page: what comes after it just happened, although the history may be on its way. */
  readonly #written = new Set<string>();
  #typingTimer: ReturnType<typeof setTimeout> | undefined;
  #statusTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(around: Surroundings) {
    const { root, options, launcher, emit } = around;
    const { base, language } = options;
    this.#around = around;
    this.#words = allWords[language];
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets.push(sheet);
    this.#shell = createShell(options, this.#words);
    root.append(this.#shell.dialog);
    this.#frame = new PanelFrame(this.#shell, launcher, () => this.close());

    const kept = browserKept();
    this.#unread = new Unread(kept, launcher, this.#words, emit);
    this.#connection = new Connection(base, kept, around.identity, {
      onConversation: (botName) => this.#begin(botName),
      onActivities: (activities) => this.#take(activities),
      onOnline: (isOnline) => this.#online(isOnline),
    });
    this.#outbox = new Outbox({
      connection: this.#connection,
      kept,
      prefix: around.outboxPrefix,
      campaign: around.campaign,
      events: {
        onState: (id, state, progress) => this.#transcript.setState(id, state, progress),
        onSent: ({ id, text }) => emit("message.sent", { id, text }),
      },
    });
    this.#transcript = new Transcript({
      ...{ log: this.#shell.log, newer: this.#shell.newer, words: this.#words, language, base },
      onRetry: (id) => this.#outbox.retry(id),
      onPress: (said) => {
        this.#send(said);
        this.#focusOn();
      },
    });
    this.#listen();
    this.#showWaiting();
    this.#online(false);
    this.#connection.start();
  }

  open(takesFocus = true): void {
    const wasOpen = this.#frame.isOpen;
    this.#frame.open(takesFocus);
    if (wasOpen) return;
    this.#around.noteOpen(true);
    this.#transcript.toEnd();
    this.#seen();
    this.#around.emit("widget.opened", undefined);
  }

  close(): void {
    if (!this.#frame.isOpen) return;
    this.#frame.close();
    this.#around.noteOpen(false);
    this.#around.emit("widget.closed", undefined);
  }

  send(text: string): void {
    // Who goes on from button to button of the page keeps the focus there.
    if (!this.#frame.isOpen) this.open();
    this.#send({ text });
  }

  identify(identity: Identity): void {
    this.#connection.identify(identity);
  }

  #listen(): void {
    const { agent, log, starters } = this.#shell;
    listenToComposer(this.#shell, {
      onText: (text) => this.#send({ text }),
      onFiles: (files) => this.#sendFiles(files),
      onTyping: () => {
        if (!this.#connection.online) return;
        this.#connection
          .call("/activities", { method: "POST", body: JSON.stringify({ type: "typing" }) })
          .catch(() => undefined);
      },
    });
    agent.addEventListener("click", () => {
      this.#send({ text: this.#words.agentWord });
      this.#focusOn();
    });
    log.addEventListener("scroll", () => this.#seen());
    document.addEventListener("visibilitychange", () => this.#seen());
    addEventListener("offline", () => this.#online(false));
    starters.append(
      ...this.#around.options.starters.map((text) => this.#choice(text, () => this.#send({ text }))),
    );
    starters.hidden = this.#around.options.starters.length === 0;
  }

  /** A conversation begins, or another one comes back. */
  #begin(botName: string): void {
    this.#shell.call(this.#around.options.title ?? botName);
    this.#transcript.clear();
    this.#unread.forget();
    this.#choices([]);
    this.#typing(undefined);
    this.#showWaiting();
  }

  /** What was written before and has not gone out. */
  #showWaiting(): void {
    for (const { message, file } of this.#outbox.entries()) this.#transcript.addOutgoing(message, file);
    this.#shell.hello.hidden = !this.#transcript.isEmpty;
  }

  #take(activities: ActivitySet["activities"]): void {
    for (const activity of activities) this.#show(activity);
    this.#transcript.frameEnded();
    this.#shell.hello.hidden = !this.#transcript.isEmpty;
    this.#seen();
  }

  #show(activity: WireActivity): void {
    const isOwn = activity.from.role === "user";
    if (activity.type === "typing" && !isOwn) this.#typing(activity.from.name);
    if (activity.type !== "message") return;
    const clientId = activity.channelData?.clientActivityID;
    if (isOwn && clientId !== undefined) {
      this.#outbox.settle(clientId);
      if (this.#written.delete(clientId)) this.#transcript.historyEnded();
    }
    if (!isOwn) this.#typing(undefined);
    const isFirstUnread = !isOwn && this.#unread.came(activity.timestamp);
    const isHistory = this.#transcript.isHistory;
    if (!this.#transcript.add(activity, isFirstUnread)) return;
    // Gone after use, and when the conversation has gone on.
    this.#choices(isOwn ? [] : (activity.suggestedActions?.actions ?? []));
    if (!isOwn && !isHistory)
      this.#around.emit("message.received", { id: activity.id, text: activity.text ?? "" });
  }

  #send(given: { readonly text: string; readonly payload?: string; readonly file?: File }): void {
    const message = this.#outbox.add(given);
    this.#written.add(message.id);
    if (this.#connection.online) this.#transcript.historyEnded();
    this.#transcript.addOutgoing(message, given.file);
    this.#shell.hello.hidden = true;
    this.#choices([]);
    this.#outbox.send();
  }

  #sendFiles(files: readonly File[]): void {
    const tooLarge = files.some(({ size }) => size > mostFileBytes);
    for (const file of files) if (file.size <= mostFileBytes) this.#send({ text: "", file });
    if (tooLarge) this.#say(this.#words.tooLarge);
  }

  #choice(title: string, onTap: () => void): HTMLButtonElement {
    const button = element("button", { type: "button", class: "choice" }, title);
    button.addEventListener("click", () => {
      onTap();
      this.#focusOn();
    });
    return button;
  }

  #choices(actions: readonly { readonly title: string; readonly value: string }[]): void {
    const { choices } = this.#shell;
    choices.replaceChildren(
      ...actions.map(({ title, value }) =>
        this.#choice(title, () => this.#send({ text: title, payload: value })),
      ),
    );
    choices.hidden = actions.length === 0;
    if (this.#frame.isOpen && !this.#shell.newer.hidden) return;
    this.#transcript.toEnd();
  }

  /** Where the focus goes when what was tapped is gone; on a phone not into the field: the keyboard would come up. */
  #focusOn(): void {
    const { log, input } = this.#shell;
    (matchMedia("(pointer: coarse)").matches ? log : input).focus();
  }

  #typing(name: string | undefined): void {
    const { typing } = this.#shell;
    clearTimeout(this.#typingTimer);
    typing.hidden = name === undefined;
    if (name === undefined) return;
    typing.textContent = this.#words.typing(name);
    this.#typingTimer = setTimeout(() => this.#typing(undefined), typingMs);
  }

  #online(isOnline: boolean): void {
    clearTimeout(this.#statusTimer);
    if (isOnline) {
      this.#say("");
      this.#outbox.wake();
      return;
    }
    this.#typing(undefined);
    this.#outbox.send();
    if (navigator.onLine) this.#statusTimer = setTimeout(() => this.#say(this.#words.connecting), patienceMs);
    else this.#say(this.#words.offline);
  }

  #say(text: string): void {
    const { status } = this.#shell;
    if (status.textContent !== text) status.textContent = text;
  }

  /** Notes what the customer has before them. */
  #seen(): void {
    if (this.#frame.isOpen && !document.hidden && this.#transcript.atEnd) this.#unread.readAll();
  }
}
