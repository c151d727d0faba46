import { KumustaError, reasonOf } from "../../basics/errors.ts";
import type { Clock } from "../../basics/time.ts";
import type { Inlet } from "../../turn/inlet.ts";
import type { Channel } from "../../turn/ports.ts";
import type { Route } from "../http-port.ts";
import { TelegramSender } from "./deliver.ts";
import { Polling } from "./polling.ts";
import { channelName, webhookPath, type TelegramSettings } from "./settings.ts";
import { openTelegramClient, type TelegramClient } from "./telegram-client.ts";
import { UpdateDoor } from "./update-door.ts";
import { secretMatches } from "./verify.ts";
import { keepWebhook } from "./webhook.ts";

export interface TelegramParts {
  readonly inlet: Inlet;
  readonly clock: Clock;
  readonly settings: TelegramSettings;
  /** Said once to a group, before the bot leaves it. */
  readonly groupRefusal: () => string;
  /** Something went wrong that no update can mend; never holds the token. */
  readonly onFault: (what: string, thrown: unknown) => void;
  /** Updates that mean nothing to us are counted by what they are. */
  readonly onIgnored: (what: string) => void;
  /** False while nothing can be sent: the token was revoked. */
  readonly onWorking: (working: boolean) => void;
}

export interface Telegram {
  readonly channel: Channel;
  readonly routes: readonly Route[];
  /** Begins to hear from Telegram: by webhook where there is a public address, else by asking. Resolves at once. */
  start(): void;
  stop(): Promise<void>;
}

/** The largest update that is read, bytes; a text has 4,096 characters and no update holds a file. */
const mostUpdateBytes = 256 * 1024;

/** The Telegram channel. telegraf is loaded here and only when the channel is on. */
export async function createTelegram(parts: TelegramParts): Promise<Telegram> {
  const { settings } = parts;
  const client = await openTelegramClient(settings);
  const door = new UpdateDoor({ ...parts, client });
  const sender = new TelegramSender(client, settings.publicUrl);
  const stopping = new AbortController();
  const polling = new Polling({ client, door, onFault: parts.onFault, signal: stopping.signal });
  let hearing: Promise<void> = Promise.resolve();
  return {
    channel: channelOf(parts, client, sender),
    routes: settings.publicUrl === undefined ? [] : [webhookRoute(settings, door)],
    start: () => {
      hearing =
        settings.publicUrl === undefined
          ? polling.run()
          : keepWebhook({ client, settings, onFault: parts.onFault, signal: stopping.signal });
    },
    stop: async () => {
      stopping.abort();
      await hearing;
      client.close();
    },
  };
}

function channelOf(parts: TelegramParts, client: TelegramClient, sender: TelegramSender): Channel {
  const { inlet, clock, onFault, onWorking } = parts;
  return {
    name: channelName,
    capabilities: { delivery: "ambiguous", showsTyping: true },
    deliver: async (outgoing) => {
      const { delivery, unreachable, revoked } = await sender.send(outgoing);
      if (revoked === true) onFault("telegram.revoked", "reason" in delivery ? delivery.reason : "");
      onWorking(revoked !== true);
      if (unreachable === true) {
        const { id, address } = outgoing.conversation;
        await inlet.accept(id, {
          address,
          externalId: `unreachable.${outgoing.outboxId}`,
          activity: { type: "event", name: "contact.unreachable", sentAt: clock.now() },
        });
      }
      return delivery;
    },
    typing: (_conversationId, { conversation }) => {
      void client.call("sendChatAction", { chat_id: conversation, action: "typing" });
    },
  };
}

function webhookRoute(settings: TelegramSettings, door: UpdateDoor): Route {
  return {
    method: "POST",
    path: webhookPath,
    bodyLimit: mostUpdateBytes,
    handle: async ({ headers, body }) => {
      if (!secretMatches(headers["x-telegram-bot-api-secret-token"], settings.secret))
        throw new KumustaError("auth.invalid");
      await door.take(readJson(body));
      return { status: 200, body: {} };
    },
  };
}

/** What cannot be read is let go like any update that means nothing: a refusal would be repeated for a day. */
function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (thrown) {
    return reasonOf(thrown);
  }
}
