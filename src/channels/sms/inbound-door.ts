import type { InboundActivity } from "../../basics/activity.ts";
import type { Clock } from "../../basics/time.ts";
import type { ConversationState } from "../../conversation/state.ts";
import type { Inlet } from "../../turn/inlet.ts";
import type { ContactNews } from "./gateway.ts";
import { optWordIn, type OptWord } from "./opt-words.ts";
import { contactOf, type Parsed } from "./parse.ts";
import { pickedOffer } from "./picked-offer.ts";
import { channelName } from "./settings.ts";

const events: Readonly<Record<OptWord, string>> = {
  stop: "contact.optedOut",
  start: "contact.optedIn",
  help: "contact.helpAsked",
};
const newsEvents: Readonly<Record<ContactNews, string>> = {
  optedOut: "contact.optedOut",
  unreachable: "contact.unreachable",
};

/** The one way in for what happened on text messages. */
export class InboundDoor {
  readonly #inlet: Inlet;
  readonly #clock: Clock;

  constructor(inlet: Inlet, clock: Clock) {
    this.#inlet = inlet;
    this.#clock = clock;
  }

  /**
   * Durable when it resolves: only then may Twilio be told that the text was received.
   * @throws KumustaError `engine.busy`, `engine.stopping`, `store.refused`: let Twilio send it again
   */
  async take(text: Extract<Parsed, { type: "text" }>): Promise<void> {
    const address = { channel: channelName, account: text.account, conversation: text.from };
    const { id, state } = await this.#inlet.open(address, text.contact, false);
    await this.#inlet.accept(id, {
      address,
      externalId: text.messageSid,
      // Twilio tells no time of writing: arrival is what there is.
      activity: activityOf(text, state, this.#clock.now()),
    });
  }

  /** What Twilio says of a contact when a text of ours fails. The id makes a repeat harmless. */
  async note(news: ContactNews, account: string, to: string, externalId: string): Promise<void> {
    const address = { channel: channelName, account, conversation: to };
    const { id } = await this.#inlet.open(address, contactOf(to), false);
    await this.#inlet.accept(id, {
      address,
      externalId,
      activity: {
        type: "event",
        name: newsEvents[news],
        value: { confirmed: true, by: "provider" },
        sentAt: this.#clock.now(),
      },
    });
  }
}

/** A word of the sender's law, a pick of what our last text listed, or plain words. */
export function activityOf(
  { text, attachments, handled }: Pick<Extract<Parsed, { type: "text" }>, "text" | "attachments" | "handled">,
  state: Pick<ConversationState, "optedOut" | "choices">,
  sentAt: number,
): InboundActivity {
  const word = handled ?? (attachments.length === 0 ? optWordIn(text, state.optedOut === true) : undefined);
  if (word !== undefined) {
    const by = handled === undefined ? "customer" : "provider";
    return { type: "event", name: events[word], value: { confirmed: handled !== undefined, by }, sentAt };
  }
  const picked = attachments.length === 0 ? pickedOffer(text, state.choices ?? []) : undefined;
  if (picked !== undefined) return { type: "choice", text, payload: picked.payload, sentAt };
  return { type: "message", text, ...(attachments.length > 0 ? { attachments } : {}), sentAt };
}
