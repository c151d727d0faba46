import type { SessionRequest } from "../../src/channels/webchat/protocol.ts";

/** The site's logged-in shopper, signed by the site's server; null: logged out. */
export type Identity = NonNullable<SessionRequest["identity"]> | null;

/** What a site can listen to, and what it is told. */
export interface WidgetEvents {
  readonly "widget.opened": undefined;
  readonly "widget.closed": undefined;
  readonly "message.sent": { readonly id: string; readonly text: string };
  readonly "message.received": { readonly id: string; readonly text: string };
  readonly "unread.changed": { readonly count: number };
}

export type Emit = <Name extends keyof WidgetEvents>(name: Name, detail: WidgetEvents[Name]) => void;

/** `window.Kumusta`. */
export interface WidgetApi {
  open(): void;
  close(): void;
  /** Opens the chat and sends these words as the customer's own, as a button of the page. */
  send(text: string): void;
  identify(identity: Identity): void;
  /** Gives the function that stops listening. */
  on<Name extends keyof WidgetEvents>(name: Name, handler: (detail: WidgetEvents[Name]) => void): () => void;
}

export type Language = "en" | "fil";

/** What the script element said. */
export interface WidgetOptions {
  /** The chat server's origin, without a slash at the end. */
  readonly base: string;
  readonly language: Language;
  /** What stands at the head of the panel; the shop's name where the page's author named nothing. */
  readonly title: string | undefined;
  /** Questions to tap before the first message. */
  readonly starters: readonly string[];
}

/** What the small script hands to the panel when it comes. */
export interface Surroundings {
  readonly root: ShadowRoot;
  readonly launcher: HTMLButtonElement;
  readonly options: WidgetOptions;
  readonly identity: Identity;
  readonly emit: Emit;
  /** What brought the customer here. */
  readonly campaign: string | undefined;
  /** Before the names of messages that are kept until they are sent. */
  readonly outboxPrefix: string;
  /** Notes for the next page of this tab whether the panel is open. */
  readonly noteOpen: (isOpen: boolean) => void;
}

/** The panel, as the small script uses it. */
export interface Panel {
  /** @param takesFocus false when nobody asked: the page before was left with the panel open */
  open(takesFocus?: boolean): void;
  close(): void;
  /** Sends words of the customer's that were not typed here; opens, unless it is open. */
  send(text: string): void;
  identify(identity: Identity): void;
}

declare global {
  interface Window {
    Kumusta?: WidgetApi;
  }
}
