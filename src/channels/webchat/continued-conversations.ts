import { KumustaError } from "../../basics/errors.ts";
import type { ConversationRow } from "../../turn/ports.ts";
import type { ContinueLinks } from "./continue-links.ts";

/** Finds the conversation of another channel that a link leads on from. */
export class ContinuedConversations {
  readonly #links: ContinueLinks;
  readonly #find: (conversationId: string) => Promise<ConversationRow | undefined>;

  constructor(links: ContinueLinks, find: (conversationId: string) => Promise<ConversationRow | undefined>) {
    this.#links = links;
    this.#find = find;
  }

  /** @throws KumustaError `auth.invalid` for a token of nobody's or a conversation that is gone, `auth.expired` */
  async find(token: string): Promise<ConversationRow> {
    const conversation = await this.#find(this.#links.read(token));
    // Nobody's contact: the customer was erased.
    if (conversation === undefined || conversation.contact === "") throw new KumustaError("auth.invalid");
    return conversation;
  }
}
