import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { readSend, refusalOf, takenAnswer, type Refusal, type SentText } from "./messages-api.ts";
import { WebhookCaller, type CallOptions, type WebhookParams } from "./webhook-caller.ts";

/** What becomes of a send otherwise than usual. */
export type Fault =
  | (Refusal & { readonly retryAfter?: number })
  /** Twilio takes it, and the answer never comes. */
  | "takenInSilence"
  /** The connection breaks before anything was taken. */
  | "broken";

export interface InboundText {
  readonly from: string;
  readonly body: string;
  readonly to?: string;
  readonly sid?: string;
  /** The text reached a number of the Messaging Service. */
  readonly byService?: true;
  readonly more?: WebhookParams;
}

export interface EmulatorOptions {
  /** How long an answer of a webhook may take, ms: 15 s by Twilio's documentation. */
  readonly patienceMs?: number;
  readonly publicUrl?: string;
}

const accountSid = "AC00000000000000000000000000000001";
const authToken = "f0e1d2c3b4a5968778695a4b3c2d1e0f";
const number = "+639170000001";
const service = "MG00000000000000000000000000000001";

/** Words on which Advanced Opt-Out acts (Twilio, default keywords). */
const stopWords = new Set("STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT".split(" "));
const startWords = new Set(["START", "UNSTOP", "YES"]);

/** Twilio's messaging on loopback: checks every send, keeps opt-outs, calls back with statuses, calls the webhook. */
export class TwilioEmulator {
  readonly accountSid = accountSid;
  readonly authToken = authToken;
  readonly number = number;
  readonly service = service;
  /** What PUBLIC_URL must be. */
  readonly publicUrl: string;
  /** Where the program listens. */
  target = "";
  /** Sends that were taken, in order. */
  readonly texts: SentText[] = [];
  /** All that were asked for, taken or not, with the time of asking. */
  readonly asked: { readonly text: SentText; readonly at: number }[] = [];
  /** What we did that Twilio, or our own rules, do not allow; a test expects none. */
  readonly breaches: string[] = [];
  readonly optedOut = new Set<string>();
  /** Twilio itself acts on opt-out words, tells the customer, and says so in the webhook (Advanced Opt-Out). */
  advancedOptOut = false;
  /** What Twilio told customers itself. */
  readonly told: { readonly to: string; readonly about: string }[] = [];
  fault: (text: SentText) => Fault | undefined = () => undefined;
  /** Milliseconds before each answer. */
  latency: () => number = () => 0;
  /** Statuses called back after a send was taken, in this order. */
  statuses: (text: SentText) => readonly { readonly status: string; readonly code?: number }[] = () => [];
  readonly #refused = new Set<string>();
  readonly #caller: WebhookCaller;
  readonly #server = createServer((request, response) => void this.#handle(request, response));
  readonly #calls = new Set<Promise<unknown>>();
  #sids = 0;
  #port = 0;

  constructor({ patienceMs = 15_000, publicUrl = "https://chat.shop.example" }: EmulatorOptions = {}) {
    this.publicUrl = publicUrl;
    this.#caller = new WebhookCaller({
      authToken,
      publicUrl: this.publicUrl,
      target: () => this.target,
      breaches: this.breaches,
      patienceMs,
    });
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.#port)}`;
  }

  /** What the program must be told. */
  environment(from = number): Record<string, string> {
    return {
      PUBLIC_URL: this.publicUrl,
      TWILIO_ACCOUNT_SID: accountSid,
      TWILIO_AUTH_TOKEN: authToken,
      TWILIO_FROM: from,
      TWILIO_API_URL: this.url,
    };
  }

  async start(port = 0): Promise<void> {
    this.#server.listen(port, "127.0.0.1");
    await once(this.#server, "listening");
    const address = this.#server.address();
    this.#port = typeof address === "object" ? (address?.port ?? 0) : 0;
  }

  /** Calls of a webhook that got no answer in time. */
  get unanswered(): number {
    return this.#caller.unanswered;
  }

  /** Texts to one customer. */
  to(phone: string): string[] {
    return this.texts.filter(({ to }) => to === phone).map(({ body }) => body);
  }

  nextSid(): string {
    this.#sids += 1;
    return `SM${this.#sids.toString(16).padStart(32, "0")}`;
  }

  /** The parameters of a customer's text, as Twilio posts them. */
  inbound({ from, body, to = number, sid = this.nextSid(), byService, more }: InboundText): WebhookParams {
    return {
      ...{
        ToCountry: "PH",
        ToState: "",
        SmsMessageSid: sid,
        NumMedia: "0",
        SmsSid: sid,
        SmsStatus: "received",
      },
      ...{ FromCountry: "PH", NumSegments: "1", ApiVersion: "2010-04-01", AccountSid: accountSid },
      ...{ MessageSid: sid, Body: body, From: from, To: to },
      // New parameters come without notice, some with several values.
      ...{ SomethingNew: "ñ & = 😀", AddOns: ["b", "a", "a"] },
      ...(byService === true ? { MessagingServiceSid: service } : {}),
      ...this.#actedOn(from, body),
      ...more,
    };
  }

  #actedOn(from: string, body: string): WebhookParams {
    const word = body.trim().toUpperCase();
    const type = stopWords.has(word)
      ? "STOP"
      : startWords.has(word)
        ? "START"
        : word === "HELP" || word === "INFO"
          ? "HELP"
          : undefined;
    if (!this.advancedOptOut || type === undefined) return {};
    if (type === "STOP") this.optedOut.add(from);
    if (type === "START") this.optedOut.delete(from);
    this.#refused.delete(from);
    this.told.push({ to: from, about: type });
    return { OptOutType: type };
  }

  /** A customer texts: the webhook is called. Gives the statuses of the tries. */
  text(text: InboundText, options?: CallOptions): Promise<number[]> {
    return this.post(this.inbound(text), options);
  }

  post(params: WebhookParams, options?: CallOptions): Promise<number[]> {
    return this.#caller.call(`${this.publicUrl}/webhooks/sms`, params, options);
  }

  /** Calls back with one status of a text. */
  status(text: SentText, status: string, code?: number): Promise<number[]> {
    return this.#caller.call(text.statusCallback, {
      ...{ MessageSid: text.sid, SmsSid: text.sid, MessageStatus: status, SmsStatus: status },
      ...{ AccountSid: accountSid, ApiVersion: "2010-04-01", To: text.to, From: number, SomethingNew: "1" },
      ...(text.from === service ? { MessagingServiceSid: service } : {}),
      ...(code === undefined ? {} : { ErrorCode: String(code) }),
    });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    const refuse = ({ status, code, message }: Refusal, retryAfter?: number) => {
      response.writeHead(status, {
        "Content-Type": "application/json",
        ...(retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) }),
      });
      response.end(
        JSON.stringify({
          code,
          message,
          more_info: `https://www.twilio.com/docs/errors/${String(code)}`,
          status,
        }),
      );
    };
    const key = Buffer.from(`${accountSid}:${authToken}`).toString("base64");
    if (request.headers.authorization !== `Basic ${key}`) {
      refuse(refusalOf(20003, 401));
      return;
    }
    const isForm = request.headers["content-type"] === "application/x-www-form-urlencoded";
    if (
      request.method !== "POST" ||
      request.url !== `/2010-04-01/Accounts/${accountSid}/Messages.json` ||
      !isForm
    ) {
      this.breaches.push(
        `${String(request.method)} ${String(request.url)} as ${String(request.headers["content-type"])}`,
      );
      refuse(refusalOf(20404, 404));
      return;
    }
    const read = readSend(new URLSearchParams(Buffer.concat(chunks).toString("utf8")), this.nextSid(), {
      senders: new Set([number, service, "+15005550006"]),
      publicUrl: this.publicUrl,
    });
    if ("refusal" in read) {
      if (read.breach !== undefined) this.breaches.push(read.breach);
      refuse(read.refusal);
      return;
    }
    const { text } = read;
    this.asked.push({ text, at: performance.now() });
    const fault = this.fault(text);
    const wait = this.latency();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    if (fault === "broken") {
      request.socket.destroy();
      return;
    }
    if (fault !== undefined && fault !== "takenInSilence") {
      refuse(fault, fault.retryAfter);
      return;
    }
    if (this.optedOut.has(text.to)) {
      if (this.#refused.has(text.to)) this.breaches.push(`a text to ${text.to} again, after 21610`);
      this.#refused.add(text.to);
      refuse(refusalOf(21610));
      return;
    }
    this.texts.push(text);
    const telling = this.#tell(text).finally(() => this.#calls.delete(telling));
    this.#calls.add(telling);
    if (fault === "takenInSilence") {
      request.socket.destroy();
      return;
    }
    response.writeHead(201, { "Content-Type": "application/json" });
    response.end(JSON.stringify(takenAnswer(text, accountSid)));
  }

  async #tell(text: SentText): Promise<void> {
    for (const { status, code } of this.statuses(text)) await this.status(text, status, code);
  }

  async close(): Promise<void> {
    await Promise.all(this.#calls);
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}

export async function startTwilio(options: EmulatorOptions = {}): Promise<TwilioEmulator> {
  const emulator = new TwilioEmulator(options);
  await emulator.start();
  return emulator;
}
