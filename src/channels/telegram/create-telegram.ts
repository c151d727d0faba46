import { KumustaError, reasonOf } from "../../basics/errors.ts";
import type { Route } from "../http-port.ts";
import type { Provider, ProviderChannel, ProviderParts } from "../provider.ts";
import { Deliverer } from "./deliver.ts";
import { Polling } from "./polling.ts";
import { partsOf } from "./render.ts";
import { channelName, telegramSettings, webhookPath, type TelegramSettings } from "./settings.ts";
import { openTelegramClient } from "./telegram-client.ts";
import { UpdateDoor } from "./update-door.ts";
import { secretMatches } from "./verify.ts";
import { keepWebhook } from "./webhook.ts";

export const telegramProvider: Provider = {
  name: channelName,
  create: (parts) => {
    const settings = telegramSettings(parts.config, parts.accounts);
    return settings === undefined ? undefined : createTelegram(settings, parts);
  },
};

/** The largest update that is read, bytes; a text has 4,096 characters and no update holds a file. */
const mostUpdateBytes = 256 * 1024;

/** Telegram: one bot. By webhook where there is a public address, else it asks for updates itself. */
export function createTelegram(
  settings: TelegramSettings,
  { inlet, clock, observer, continueToken }: Omit<ProviderParts, "config" | "accounts">,
): ProviderChannel {
  const client = openTelegramClient(settings);
  const door = new UpdateDoor({ inlet, clock, settings, client, observer });
  const stopping = new AbortController();
  const onFault = (what: string, thrown: unknown) => {
    observer.fault(channelName, what, reasonOf(thrown));
  };
  const deliverer = new Deliverer({
    client,
    clock,
    publicUrl: settings.publicUrl,
    continueToken,
    onUnreachable: async ({ conversation, outboxId }, reason) => {
      await inlet.accept(conversation.id, {
        address: conversation.address,
        externalId: `unreachable:${outboxId}`,
        activity: { type: "event", name: "contact.unreachable", value: { reason }, sentAt: clock.now() },
      });
    },
    onFault,
    onHealth: (works, reason) => {
      observer.health(channelName, settings.account, works, reason);
    },
  });
  const hearing = { client, settings, door, onFault, signal: stopping.signal };
  let heard: Promise<void> = Promise.resolve();
  return {
    channel: {
      name: channelName,
      // The Bot API has no idempotency key and no echo: whether a send without an answer arrived nobody can tell.
      capabilities: {
        ...{ delivery: "ambiguous", showsTyping: true },
        web: settings.publicUrl === undefined ? undefined : "byLink",
      },
      parts: partsOf,
      deliver: (outgoing) => deliverer.deliver(outgoing),
      typing: (_conversationId, { conversation }) => {
        void client.call("sendChatAction", { chat_id: conversation, action: "typing" });
      },
    },
    routes: settings.publicUrl === undefined ? [] : [webhookRoute(settings, door)],
    start: () => {
      heard = settings.publicUrl === undefined ? new Polling(hearing).run() : keepWebhook(hearing);
    },
    stop: async () => {
      stopping.abort();
      deliverer.stop();
      await heard;
      client.close();
    },
  };
}

function webhookRoute({ secret }: TelegramSettings, door: UpdateDoor): Route {
  return {
    method: "POST",
    path: webhookPath,
    bodyLimit: mostUpdateBytes,
    admit: ({ headers }) => {
      if (!secretMatches(headers["x-telegram-bot-api-secret-token"], secret))
        throw new KumustaError("signature.invalid");
    },
    handle: async ({ body }) => {
      await door.take(readJson(body));
      return { status: 200, body: {} };
    },
  };
}

/** What cannot be read is let go like any update that means nothing: a refusal would be repeated for a day. */
function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
