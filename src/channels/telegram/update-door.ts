import type { Clock } from "../../basics/time.ts";
import type { Inlet } from "../../turn/inlet.ts";
import { parseUpdate } from "./parse.ts";
import type { ProviderObserver } from "../provider.ts";
import { channelName, type TelegramSettings } from "./settings.ts";
import type { TelegramClient } from "./telegram-client.ts";

export interface UpdateDoorParts {
  readonly inlet: Inlet;
  readonly clock: Clock;
  readonly settings: TelegramSettings;
  readonly client: TelegramClient;
  readonly observer: ProviderObserver;
}

/** The one way in for updates, however they came. */
export class UpdateDoor {
  readonly #parts: UpdateDoorParts;

  constructor(parts: UpdateDoorParts) {
    this.#parts = parts;
  }

  /**
   * Durable when it resolves: only then may Telegram be told that the update was received.
   * @throws KumustaError `engine.busy`, `engine.stopping`, `store.refused`: let Telegram send it again
   */
  async take(json: unknown): Promise<void> {
    const { inlet, clock, settings, client, observer } = this.#parts;
    const parsed = parseUpdate(json, clock.now(), settings.content.start);
    if (parsed.type === "ignored") {
      observer.ignored(channelName, parsed.what);
      return;
    }
    if (parsed.type === "group") {
      void this.#leave(parsed.chat);
      return;
    }
    const address = { channel: channelName, account: settings.account, conversation: parsed.chat };
    const conversation = await inlet.open(address, parsed.contact, false);
    await inlet.accept(conversation.id, {
      address,
      externalId: parsed.externalId,
      activity: parsed.activity,
    });
    // The button stops spinning. A hint only: a tap is handled whether or not this arrives.
    if (parsed.callback !== undefined)
      void client.call("answerCallbackQuery", { callback_query_id: parsed.callback });
  }

  /** What customers ask about their orders is not for a group to read: says so once and leaves. */
  async #leave(chat: string): Promise<void> {
    const { client, settings } = this.#parts;
    const { en, fil } = settings.content.groups;
    await client.call("sendMessage", { chat_id: chat, text: `${en}\n\n${fil}` });
    await client.call("leaveChat", { chat_id: chat });
  }
}
