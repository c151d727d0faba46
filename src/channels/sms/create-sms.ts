import type { SmsConfig } from "../../config/read-config.ts";
import { KumustaError, reasonOf } from "../../basics/errors.ts";
import type { Channel, Delivery, OutgoingReply } from "../../turn/ports.ts";
import type { HttpRequest, HttpResponse, Route } from "../http-port.ts";
import type { Provider, ProviderChannel, ProviderParts } from "../provider.ts";
import { refusal } from "../refusal.ts";
import { continueAddress } from "../webchat/continue-links.ts";
import { smsCapabilities } from "./capabilities.ts";
import type { SmsGateway } from "./gateway.ts";
import { InboundDoor } from "./inbound-door.ts";
import { formParams, isForm, jsonParams, type Params } from "./params.ts";
import { parseInbound } from "./parse.ts";
import { isQuiet } from "./quiet-hours.ts";
import { renderText } from "./render.ts";
import { channelName, statusPath, webhookPath } from "./settings.ts";
import { parseStatus } from "./status.ts";
import { TwilioGateway } from "./twilio-gateway.ts";
import { isSignedByTwilio } from "./verify.ts";

export interface SmsParts extends Pick<
  ProviderParts,
  "inlet" | "clock" | "observer" | "continueToken" | "timeZone"
> {
  readonly settings: SmsConfig;
  /** Another way to send; Twilio's unless told otherwise. */
  readonly gateway?: SmsGateway;
}

/** Text messages: on where Twilio's credentials are set. */
export const smsProvider: Provider = {
  name: channelName,
  create: (parts) =>
    parts.config.sms === undefined ? undefined : createSms({ ...parts, settings: parts.config.sms }),
};

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

/** Whoever sends it, Twilio did not. */
const notTwilios = refusal("signature.invalid");

/** Replies that the law itself asks for: they go out to one who opted out. */
const lawful: ReadonlySet<string> = new Set(["shared.optedOut", "shared.optedIn", "shared.smsHelp"]);

/** The text message channel. */
export function createSms(parts: SmsParts): ProviderChannel {
  const { inlet, clock, settings, observer } = parts;
  const gateway = parts.gateway ?? new TwilioGateway(settings, clock);
  const door = new InboundDoor(inlet, clock);
  const route = (path: string, handle: (request: HttpRequest, params: Params) => Promise<void>): Route => ({
    method: "POST",
    path,
    bodyLimit: mostBodyBytes,
    admit: ({ headers }) => {
      if (headers["x-twilio-signature"] === undefined) throw new KumustaError("signature.invalid");
    },
    handle: async (request) => {
      const params = verified(request, path, settings);
      if (params === undefined) return notTwilios;
      await handle(request, params);
      return emptyTwiml;
    },
  });
  return {
    channel: channelOf(parts, gateway, door),
    routes: [
      route(webhookPath, async (_request, params) => {
        const parsed = parseInbound(params, settings.accountSid, settings.from);
        if (parsed.type === "ignored") observer.ignored(channelName, parsed.what);
        else await door.take(parsed);
      }),
      route(statusPath, async ({ query }, params) => {
        const news = parseStatus(params, query, settings.from, clock.now());
        if (news === undefined) return;
        const { receipt, contact } = news;
        if (!(await inlet.receipt(receipt))) {
          observer.ignored(channelName, "unknownMessage");
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

/** The request's parameters; undefined when Twilio did not sign it. */
function verified(request: HttpRequest, path: string, settings: SmsConfig): Params | undefined {
  const { headers, body, rawQuery: query } = request;
  const params = isForm(headers["content-type"]) ? formParams(body) : undefined;
  const signature = headers["x-twilio-signature"];
  const address = `${settings.publicUrl}${path}`;
  if (!isSignedByTwilio({ signature, address, query, body, params }, settings.authToken)) return undefined;
  return params ?? jsonParams(body);
}

function channelOf(parts: SmsParts, gateway: SmsGateway, door: InboundDoor): Channel {
  const { settings, observer, continueToken } = parts;
  let works = true;
  const tellHealth = (account: string, now: boolean, reason: string) => {
    if (now !== works) observer.health(channelName, account, now, reason);
    works = now;
  };
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
        continueAt: () => continueAddress(settings.publicUrl, continueToken(conversation.id)),
      });
      const { delivery, contact, accountRefused } = await gateway.send({ account, to, text, outboxId });
      if (accountRefused === true) tellHealth(account, false, "reason" in delivery ? delivery.reason : "");
      else if (delivery.status === "delivered") tellHealth(account, true, "Twilio took a text");
      if (contact !== undefined)
        await door.note(contact, account, to, `${contact}.${outboxId}`).catch((thrown: unknown) => {
          // The refusal stands all the same; the next text would bring the same news.
          observer.fault(channelName, "contact", reasonOf(thrown));
        });
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
