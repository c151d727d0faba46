import { newKey } from "../../basics/ids.ts";
import type { Inlet } from "../../turn/inlet.ts";
import type { WebchatConversation, WebchatStore } from "./ports.ts";
import { accountName, channelName } from "./settings.ts";

/** Conversations remembered, so that a message needs no look-up: their ids never change. */
const mostRemembered = 20_000;

/** Contact of a customer of whom we know nothing but the browser. */
export function anonymousContact(user: string): string {
  return `webchat:${user}`;
}

/** Contact of a shopper whose id the site signed: the same on every device. */
export function shopperContact(id: string): string {
  return `shopper:${id}`;
}

/** Begins the user ids of those who came by a link from another channel; random ids never hold a dot. */
const linked = "dl_link.";

export function linkedUser(): string {
  return linked + newKey().slice(0, 22);
}

export function isLinkedUser(user: string): boolean {
  return user.startsWith(linked);
}

/** The conversations of web chat by Direct Line's ids. */
export class WebchatConversations {
  readonly #inlet: Inlet;
  readonly #store: WebchatStore;
  readonly #known = new Map<string, WebchatConversation>();

  constructor(inlet: Inlet, store: WebchatStore) {
    this.#inlet = inlet;
    this.#store = store;
  }

  async find(id: string): Promise<WebchatConversation | undefined> {
    return this.#known.get(id) ?? this.#remember(await this.#store.findConversation(id));
  }

  /** Finds it, or opens it for this contact. */
  async open(id: string, contact: string, verified: boolean): Promise<WebchatConversation> {
    const row = await this.#inlet.open(
      { channel: channelName, account: accountName, conversation: id },
      contact,
      verified,
    );
    return this.#remember({ id, rowId: row.id, contact: row.contact });
  }

  /** The customer was erased: their address leads elsewhere from now on. */
  forget(rowId: string): void {
    for (const [id, known] of this.#known) if (known.rowId === rowId) this.#known.delete(id);
  }

  #remember<Found extends WebchatConversation | undefined>(found: Found): Found {
    if (found === undefined) return found;
    if (this.#known.size >= mostRemembered) this.#known.clear();
    this.#known.set(found.id, found);
    return found;
  }
}
