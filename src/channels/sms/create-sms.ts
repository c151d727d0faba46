import { KumustaError } from "../../basics/errors.ts";
import type { Clock } from "../../basics/time.ts";
import type { Inlet } from "../../turn/inlet.ts";
import type { Channel, Delivery, OutgoingReply } from "../../turn/ports.ts";
import type { HttpRequest, HttpResponse, Route } from "../http-port.ts";
import { smsCapabilities } from "./capabilities.ts";
import type { SmsGateway } from "./gateway.ts";
import { InboundDoor } from "./inbound-door.ts";
import { formParams, isForm, jsonParams, type Params } from "./params.ts";
import { parseInbound } from "./parse.ts";
import { isQuiet } from "./quiet-hours.ts";
import { renderText } from "./render.ts";
import { channelName, statusPath, webhookPath, type SmsSettings } from "./settings.ts";
import { parseStatus } from "./status.ts";
import { TwilioGateway } from "./twilio-gateway.ts";
import { isSignedByTwilio } from "./verify.ts";

export interface SmsParts {
  readonly inlet: Inlet;
  readonly clock: Clock;
  readonly settings: SmsSettings;
  /** Address at which a conversation's concern goes on in web chat. */
  readonly continueAt: (conversationId: string) => string;
  /** Of the business: quiet hours are in it. */
  readonly timeZone: () => string;
  /** Something went wrong that no text can mend; never holds the token or a customer's words. */
  readonly onFault: (what: string, thrown: unknown) => void;
  /** Requests that mean nothing to us are counted by what they are. */
  readonly onIgnored: (what: string) => void;
  /** False while nothing can be sent: Twilio refuses the account. */
  readonly onWorking: (working: boolean) => void;
  /** Another way to send; Twilio's unless told otherwise. */
  readonly gateway?: SmsGateway;
}

export interface Sms {
  readonly channel: Channel;
  readonly routes: readonly Route[];
  stop(): Promise<void>;
}

/** The largest request that is read, bytes: 1,600 characters, ten addresses of media and what stands around. */
const mostBodyBytes = 64 * 1024;
/** How soon quiet hours are looked at again, ms: the longest wait that the outbox keeps. */
const quietLookMs = 5 * 60_000;
/** Who wrote so short a time before is still there, ms: told at any hour that a look-up takes longer. */
const stillThereMs = 15 * 60_000;
/** No reply by this way: replies are sent over REST, whose ids and statuses we learn (Twilio, "TwiML for Programmable SMS"). */
const emptyTwiml: HttpResponse = {
  status: 200,
  headers: { "Content-Type": "text/xml; charset=utf-8" },
  body: '<?xml version="1.0" encoding="UTF-8"?><Response></Response>',
};

/** Replies that the law itself asks for: they go out to one who opted out. */
const lawful: ReadonlySet<string> = new Set(["shared.optedOut", "shared.optedIn", "shared.smsHelp"]);

/** The text message channel. */
export function createSms(parts: SmsParts): Sms {
  const { inlet, clock, settings, onIgnored } = parts;
  const gateway = parts.gateway ?? new TwilioGateway(settings, clock);
  const door = new InboundDoor(inlet, clock);
  const route = (path: string, handle: (request: HttpRequest, params: Params) => Promise<void>): Route => ({
    method: "POST",
    path,
    bodyLimit: mostBodyBytes,
    handle: async (request) => {
      await handle(request, verified(request, path, settings));
      return emptyTwiml;
    },
  });
  return {
    channel: channelOf(parts, gateway, door),
    routes: [
      route(webhookPath, async (_request, params) => {
        const parsed = parseInbound(params, settings.accountSid, settings.from);
        if (parsed.type === "ignored") onIgnored(parsed.what);
        else await door.take(parsed);
      }),
      route(statusPath, async ({ query }, params) => {
        const news = parseStatus(params, query, settings.from, clock.now());
        if (news === undefined) return;
        const { receipt, contact } = news;
        if (!(await inlet.receipt(receipt))) {
          onIgnored("unknownMessage");
          return;
        }
        if (contact === undefined) return;
        const about = receipt.outboxId ?? receipt.providerId ?? "";
        await door.note(contact.news, contact.account, contact.to, `${contact.news}.${about}`);
      }),
    ],
    stop: () => gateway.close(),
  };
}

/** The request's parameters. @throws KumustaError `auth.invalid` when Twilio did not sign it */
function verified(request: HttpRequest, path: string, settings: SmsSettings): Params {
  const { headers, body, rawQuery: query } = request;
  const params = isForm(headers["content-type"]) ? formParams(body) : undefined;
  const signature = headers["x-twilio-signature"];
  const address = `${settings.publicUrl}${path}`;
  if (!isSignedByTwilio({ signature, address, query, body, params }, settings.authToken))
    throw new KumustaError("auth.invalid");
  return params ?? jsonParams(body);
}

function channelOf(parts: SmsParts, gateway: SmsGateway, door: InboundDoor): Channel {
  const { settings, onFault, onWorking } = parts;
  return {
    name: channelName,
    capabilities: smsCapabilities,
    forbids: ({ conversation, reply }) =>
      conversation.state.optedOut === true && !lawful.has(reply.script ?? "")
        ? "the contact opted out of texts"
        : undefined,
    deliver: async (outgoing): Promise<Delivery> => {
      const waiting = quietUntilLater(outgoing, parts);
      if (waiting !== undefined) return waiting;
      const { outboxId, conversation, reply } = outgoing;
      const { account, conversation: to } = conversation.address;
      const text = renderText(reply, {
        mostParts: settings.mostParts,
        publicUrl: settings.publicUrl,
        continueAt: () => parts.continueAt(conversation.id),
      });
      const { delivery, contact, accountRefused } = await gateway.send({ account, to, text, outboxId });
      if (accountRefused === true) onFault("sms.accountRefused", "reason" in delivery ? delivery.reason : "");
      onWorking(accountRefused !== true);
      if (contact !== undefined) await door.note(contact, account, to, `${contact}.${outboxId}`);
      return delivery;
    },
  };
}

/** What the bot begins by itself waits for the morning, unless the customer is there: wrote lately, or has since. */
function quietUntilLater(
  { unpromptedSince: since, conversation, at }: OutgoingReply,
  { settings, timeZone }: SmsParts,
): Delivery | undefined {
  const { quietHours } = settings;
  if (since === undefined || quietHours === undefined || !isQuiet(at, quietHours, timeZone()))
    return undefined;
  if ((conversation.state.lastInboundAt ?? 0) > since - stillThereMs) return undefined;
  return { status: "retry", afterMs: quietLookMs, reason: "quiet hours" };
}
