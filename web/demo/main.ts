import type { WireActivity } from "../../src/channels/webchat/protocol.ts";
import { ChatClient } from "./chat-client.ts";
import { watchContent } from "./content-state.ts";

function element<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new TypeError(`The page lacks #${id}`);
  return found;
}

const messages = element("messages", HTMLOListElement);
const choices = element("choices", HTMLDivElement);
const typing = element("typing", HTMLParagraphElement);
const state = element("state", HTMLParagraphElement);
const composer = element("composer", HTMLFormElement);
const input = element("text", HTMLInputElement);

/** Own messages on screen by client id, so that an echo settles the line it belongs to. */
const own = new Map<string, HTMLLIElement>();
const shown = new Set<string>();

const client = new ChatClient({
  onActivity: show,
  onOnline: (online) => {
    state.textContent = online ? "" : "Connecting…";
  },
});

function addLine(text: string, isOwn: boolean): HTMLLIElement {
  const line = document.createElement("li");
  line.className = isOwn ? "own" : "bot";
  const who = document.createElement("span");
  who.className = "who";
  who.textContent = isOwn ? "You" : "Kumusta";
  // Text nodes only: whatever anybody writes is shown as text.
  line.append(who, text);
  messages.append(line);
  messages.scrollTop = messages.scrollHeight;
  return line;
}

function show(activity: WireActivity): void {
  typing.hidden = activity.type !== "typing";
  if (activity.type !== "message" || shown.has(activity.id)) return;
  shown.add(activity.id);
  const clientId = activity.channelData?.clientActivityID;
  if (activity.from.role === "user") {
    const waiting = clientId === undefined ? undefined : own.get(clientId);
    if (waiting === undefined) addLine(activity.text ?? "(file)", true);
    else waiting.classList.remove("waiting");
    choices.replaceChildren();
    return;
  }
  addLine(activity.text ?? "", false);
  choices.replaceChildren(
    ...(activity.suggestedActions?.actions ?? []).map(({ title, value }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = title;
      button.addEventListener("click", () => {
        send(title, value);
        input.focus();
      });
      return button;
    }),
  );
}

function send(text: string, payload?: string): void {
  const id = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
  const line = addLine(text, true);
  line.classList.add("waiting");
  own.set(id, line);
  choices.replaceChildren();
  void client.send(id, text, payload);
}

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = input.value.trim();
  if (text === "") return;
  input.value = "";
  send(text);
});

watchContent(element("content-state", HTMLElement));
void client.start();
