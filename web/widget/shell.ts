import { element, icon, iconButton } from "./element.ts";
import { acceptedFiles } from "./upload.ts";
import type { WidgetOptions } from "./widget-api.ts";
import type { Words } from "./words.ts";

export type Shell = ReturnType<typeof createShell>;

/** The panel's parts, empty. */
export function createShell({ title, language }: WidgetOptions, words: Words) {
  const heading = element("h2", { id: "title", tabindex: "-1" });
  const avatar = element("div", { class: "avatar", "aria-hidden": "true" });
  const call = (name: string): void => {
    heading.textContent = name;
    avatar.textContent = String.fromCodePoint(name.codePointAt(0) ?? 75);
  };
  // Until the server says who answers.
  call(title ?? words.messages);
  const agent = iconButton("person", words.agentHint);
  const close = iconButton("close", words.close);
  const header = element(
    "div",
    { class: "header" },
    avatar,
    element("div", { class: "called" }, heading, element("p", { class: "about" }, words.about)),
    agent,
    close,
  );
  const status = element("p", { class: "status", role: "status" });
  const starters = element("div", { class: "choices", role: "group", "aria-label": words.starters });
  const hello = element("div", { class: "hello" }, element("p", {}, words.greeting), starters);
  const log = element("div", {
    class: "log",
    role: "log",
    // Set to polite once history is in: only what is new is read out, and only additions.
    "aria-live": "off",
    "aria-relevant": "additions",
    "aria-label": words.messages,
    tabindex: "0",
  });
  const newer = element("button", { type: "button", class: "newer", hidden: "" }, `${words.newMessages} ↓`);
  const typing = element("p", { class: "typing", hidden: "" });
  const choices = element("div", {
    class: "choices",
    role: "group",
    "aria-label": words.suggested,
    hidden: "",
  });
  const input = element("textarea", {
    id: "message",
    rows: "1",
    maxlength: "10000",
    enterkeyhint: "send",
    autocomplete: "off",
    placeholder: words.placeholder,
  });
  const picker = element("input", { type: "file", multiple: "", accept: acceptedFiles, hidden: "" });
  const photo = element("input", { type: "file", accept: "image/*", capture: "environment", hidden: "" });
  const attach = iconButton("attach", words.attach);
  const camera = iconButton("camera", words.camera, { class: "icon camera" });
  const send = element(
    "button",
    { type: "submit", class: "icon send", "aria-label": words.send, title: words.send },
    icon("send"),
  );
  const composer = element(
    "form",
    { class: "composer" },
    element("label", { for: "message", class: "hidden" }, words.yourMessage),
    attach,
    camera,
    picker,
    photo,
    input,
    send,
  );
  const dialog = element(
    "dialog",
    { class: "panel", "aria-labelledby": "title", lang: language },
    header,
    status,
    hello,
    log,
    newer,
    typing,
    choices,
    composer,
  );
  attach.addEventListener("click", () => picker.click());
  camera.addEventListener("click", () => photo.click());
  return {
    /** Puts a name at the head. */
    call,
    ...{ dialog, heading, agent, close, status, hello, starters, log, newer, typing, choices },
    ...{ composer, input, pickers: [picker, photo] },
  } as const;
}
