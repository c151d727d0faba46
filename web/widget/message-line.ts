import type { WireActivity } from "../../src/channels/webchat/protocol.ts";
import { attachmentsOf } from "./attachments.ts";
import { element } from "./element.ts";
import { linkedText } from "./linked-text.ts";
import type { Outgoing, SendState } from "./outbox.ts";
import type { Words } from "./words.ts";

/** A message as it is shown. */
export interface MessageLine {
  readonly root: HTMLElement;
  /** How far one's own message has come. Changes words that stand there: nothing is read out anew. */
  setState(state: SendState, progress?: number): void;
}

interface Shown {
  readonly isOwn: boolean;
  readonly who: string;
  readonly at: Date;
  readonly text: string;
  readonly files?: HTMLElement | undefined;
}

function timeOf(at: Date, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" }).format(at);
}

function line({ isOwn, who, at, text, files }: Shown, words: Words, language: string, onRetry: () => void) {
  const time = element("time", { datetime: at.toISOString() }, timeOf(at, language));
  const state = element("span", { class: "state" }, "");
  const retry = element("button", { type: "button", class: "retry" }, words.retry);
  retry.addEventListener("click", onRetry);
  const bar = element("progress", { max: "1", value: "0", "aria-hidden": "true" });
  const body = element(
    "div",
    { class: "bubble" },
    // Who speaks stands before the words for a screen reader; sighted people see the side and the colour.
    element("span", { class: isOwn ? "hidden" : "who" }, who, element("span", { class: "hidden" }, ": ")),
    text === "" ? undefined : element("span", { class: "text" }, ...linkedText(text)),
    files,
  );
  const meta = element("div", { class: "meta" }, time, state);
  const root = element("div", { class: `line ${isOwn ? "own" : "bot"}` }, body, meta);
  const setState = (value: SendState, progress?: number) => {
    root.dataset["state"] = value;
    state.textContent = ` · ${words.states[value]}`;
    if (progress === undefined || value !== "sending") bar.remove();
    else {
      bar.value = progress;
      body.append(bar);
    }
    if (value === "failed") meta.append(retry);
    else retry.remove();
  };
  return { root, setState };
}

/** A message that is not yet known to be with the server. */
export function outgoingLine(
  message: Outgoing,
  file: File | undefined,
  words: Words,
  language: string,
  onRetry: () => void,
): MessageLine {
  const named = file === undefined ? message.text : [message.text, file.name].filter(Boolean).join("\n");
  return line(
    { isOwn: true, who: words.you, at: new Date(message.at), text: named },
    words,
    language,
    onRetry,
  );
}

/** A message of the history. */
export function messageLine(
  activity: WireActivity,
  showing: Parameters<typeof attachmentsOf>[1],
  language: string,
): MessageLine {
  const { words } = showing;
  const isOwn = activity.from.role === "user";
  return line(
    {
      isOwn,
      who: isOwn ? words.you : (activity.from.name ?? "Kumusta"),
      at: new Date(activity.timestamp),
      text: activity.text ?? "",
      files: attachmentsOf(activity, showing),
    },
    words,
    language,
    () => undefined,
  );
}
