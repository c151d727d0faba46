import type { SendState } from "./outbox.ts";
import type { Language } from "./widget-api.ts";

/** Everything that the interface itself says. */
export interface Words {
  readonly about: string;
  readonly agentHint: string;
  readonly agentWord: string;
  readonly messages: string;
  readonly yourMessage: string;
  readonly placeholder: string;
  readonly send: string;
  readonly close: string;
  readonly attach: string;
  readonly camera: string;
  readonly suggested: string;
  readonly starters: string;
  readonly greeting: string;
  readonly you: string;
  readonly typing: (name: string) => string;
  readonly connecting: string;
  readonly offline: string;
  readonly newMessages: string;
  readonly unread: (count: number) => string;
  readonly today: string;
  readonly yesterday: string;
  readonly pictures: string;
  readonly picture: string;
  readonly cards: (count: number) => string;
  readonly retry: string;
  readonly tooLarge: string;
  readonly states: Readonly<Record<SendState, string>>;
}

const en: Words = {
  about: "Automated assistant",
  agentHint: "Talk to a person",
  agentWord: "agent",
  messages: "Messages",
  yourMessage: "Your message",
  placeholder: "Write a message",
  send: "Send",
  close: "Close the chat",
  attach: "Attach a file",
  camera: "Take a photo",
  suggested: "Suggested answers",
  starters: "Questions to begin with",
  greeting:
    "You talk to a bot here, in English, Filipino or both. Ask what you need to know, or write “agent” for a person.",
  you: "You",
  typing: (name) => `${name} is typing…`,
  connecting: "Connecting…",
  offline: "No connection. Keep writing: your messages wait here and go out by themselves.",
  newMessages: "New messages",
  unread: (count) => (count === 1 ? "1 unread message" : `${String(count)} unread messages`),
  today: "Today",
  yesterday: "Yesterday",
  pictures: "Pictures",
  picture: "Picture",
  cards: (count) => `${String(count)} cards`,
  retry: "Try again",
  tooLarge: "This file is larger than 10 MB. Send a smaller one.",
  states: { sending: "Sending", waiting: "Waiting for a connection", sent: "Sent", failed: "Not sent" },
};

const fil: Words = {
  about: "Automated na katulong",
  agentHint: "Kausapin ang tao",
  agentWord: "agent",
  messages: "Mga mensahe",
  yourMessage: "Mensahe ninyo",
  placeholder: "Mag-type ng mensahe",
  send: "Ipadala",
  close: "Isara ang chat",
  attach: "Maglakip ng file",
  camera: "Kumuha ng litrato",
  suggested: "Mga puwedeng isagot",
  starters: "Mga puwedeng itanong",
  greeting:
    "Bot po ang kausap ninyo rito, sa English, Filipino o Taglish. Itanong ang kailangan ninyo, o i-type ang “agent” para sa tao.",
  you: "Kayo",
  typing: (name) => `Nagta-type si ${name}…`,
  connecting: "Kumokonekta…",
  offline: "Walang koneksyon. Tuloy lang: maghihintay rito ang mga mensahe ninyo at kusang maipapadala.",
  newMessages: "Mga bagong mensahe",
  unread: (count) => `${String(count)} hindi pa nababasa`,
  today: "Ngayong araw",
  yesterday: "Kahapon",
  pictures: "Mga larawan",
  picture: "Larawan",
  cards: (count) => `${String(count)} na card`,
  retry: "Subukan ulit",
  tooLarge: "Lampas sa 10 MB ang file na ito. Magpadala po ng mas maliit.",
  states: {
    sending: "Ipinapadala",
    waiting: "Naghihintay ng koneksyon",
    sent: "Naipadala",
    failed: "Hindi naipadala",
  },
};

export const words: Readonly<Record<Language, Words>> = { en, fil };
