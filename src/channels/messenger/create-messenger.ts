import { KumustaError } from "../../basics/errors.ts";
import type { Channel, OutgoingReply } from "../../turn/ports.ts";
import type { HttpRequest, HttpResponse } from "../http-port.ts";
import type { Provider, ProviderChannel, ProviderParts } from "../provider.ts";
import { refusal } from "../refusal.ts";
import { messengerCapabilities } from "./capabilities.ts";
import { Deliverer } from "./deliver.ts";
import { examineMessenger } from "./examine.ts";
import { Graph } from "./graph.ts";
import { PageHealth } from "./page-health.ts";
import { PageWatch } from "./page-watch.ts";
import { parseWebhook } from "./parse.ts";
import { partsOf } from "./render.ts";
import { forbids } from "./reply-window.ts";
import { SentMessages } from "./sent-messages.ts";
import { channelName, messengerSettings, webhookPath, type MessengerSettings } from "./settings.ts";
import { EventTaker } from "./take-events.ts";
import { setUpMessenger } from "./set-up.ts";
import { TypingThreads } from "./typing-threads.ts";
import { challengeOf, isSigned, looksSigned } from "./verify.ts";

export const messengerProvider: Provider = {
  name: channelName,
  create: (parts) => {
    const settings = messengerSettings(parts.config, parts.accounts);
    return settings === undefined ? undefined : createMessenger(settings, parts);
  },
  examine: ({ config, accounts }) => {
    const settings = messengerSettings(config, accounts);
    return settings === undefined ? undefined : examineMessenger(settings);
  },
  setUp: ({ config, accounts }) => {
    const settings = messengerSettings(config, accounts);
    return settings === undefined ? undefined : setUpMessenger(settings, accounts.messenger.profile);
  },
};

/** A thousand updates, the most that Meta sends at once, of the longest messages that people write. */
const bodyLimit = 4 * 1024 * 1024;

/** Whoever sends it, Meta did not. */
const notMetas = refusal("signature.invalid");

/** Messenger: pages of one Facebook app. */
export function createMessenger(
  settings: MessengerSettings,
  { inlet, clock, observer, continueToken }: Omit<ProviderParts, "config" | "accounts">,
): ProviderChannel {
  const graph = new Graph(settings);
  const health = new PageHealth(clock, observer);
  const sent = new SentMessages();
  const threads = new TypingThreads();
  const watch = new PageWatch({ settings, graph, health, observer });
  const deliverer = new Deliverer({
    settings,
    graph,
    health,
    sent,
    clock,
    observer,
    continueToken,
    onUnreachable: async ({ conversation, outboxId }: OutgoingReply, reason) => {
      await inlet.accept(conversation.id, {
        address: conversation.address,
        externalId: `unreachable:${outboxId}`,
        activity: { type: "event", name: "contact.unreachable", value: { reason }, sentAt: clock.now() },
      });
    },
  });
  const taker = new EventTaker({
    inlet,
    clock,
    settings,
    sent,
    observer,
    onOpened: (conversation, thread) => {
      threads.note(conversation.id, thread);
    },
  });
  const channel: Channel = {
    name: channelName,
    capabilities: {
      ...messengerCapabilities,
      web: settings.publicUrl === undefined ? undefined : "byLink",
    },
    parts: partsOf,
    forbids,
    deliver: (outgoing) => deliverer.deliver(outgoing),
    typing: (conversationId) => {
      const thread = threads.find(conversationId);
      const page = thread === undefined ? undefined : settings.pages.get(thread.page);
      if (thread !== undefined && page !== undefined) void deliverer.hint(page, thread.customer);
    },
  };
  const receive = async (request: HttpRequest): Promise<HttpResponse> => {
    if (!isSigned(request, settings.appSecret)) {
      // Either somebody tries, or MESSENGER_APP_SECRET is wrong: then nothing gets in, which an operator must hear of.
      observer.ignored(channelName, "signature");
      return notMetas;
    }
    await taker.take(parseWebhook(request.body, clock.now()));
    return { status: 200, body: "EVENT_RECEIVED" };
  };
  return {
    channel,
    routes: [
      {
        method: "GET",
        path: webhookPath,
        bodyLimit: 0,
        handle: ({ query }) => {
          const challenge = challengeOf(query, settings.verifyToken);
          if (challenge === undefined) throw new KumustaError("auth.invalid");
          return { status: 200, headers: { "Content-Type": "text/plain; charset=utf-8" }, body: challenge };
        },
      },
      {
        method: "POST",
        path: webhookPath,
        bodyLimit,
        admit: ({ headers }) => {
          if (!looksSigned(headers)) throw new KumustaError("signature.invalid");
        },
        handle: receive,
      },
    ],
    start: () => {
      watch.start();
    },
    stop: async () => {
      watch.stop();
      deliverer.stop();
      await graph.close();
    },
  };
}
