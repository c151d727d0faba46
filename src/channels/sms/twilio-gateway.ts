import type { SmsConfig } from "../../config/read-config.ts";
import { z } from "zod";
import { ProviderHttp, type ProviderAnswer } from "../provider-http.ts";
import type { Clock } from "../../basics/time.ts";
import { endOfRefusal } from "./failure.ts";
import type { OutgoingText, SendEnd, SmsGateway } from "./gateway.ts";
import { isMessagingService, statusPath } from "./settings.ts";

const taken = z.object({ sid: z.string().min(1).max(64) });
const refusal = z.object({ code: z.int().nullish() });

/** How long to hold everything back when Twilio says "too many" without a time, ms. */
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
/** Between two texts that waited for the end of a pause, ms. */
const apartMs = 50;

/** The query parameter in which the id of our outbox row travels to Twilio and back. */
export const outboxParam = "outbox";

/** Sends through Twilio's Messages resource. A limit that it names holds for all texts of the account, not one. */
export class TwilioGateway implements SmsGateway {
  readonly #settings: SmsConfig;
  readonly #clock: Clock;
  readonly #http: ProviderHttp;
  readonly #headers: Readonly<Record<string, string>>;
  /** By `clock.elapsed`: until then nothing is sent. */
  #pausedUntil = 0;
  /** The moment that the last of those who wait was told. */
  #lastSlot = 0;
  #refusalsInARow = 0;

  constructor(settings: SmsConfig, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
    this.#http = new ProviderHttp(settings.apiUrl);
    const key = Buffer.from(`${settings.accountSid}:${settings.authToken}`).toString("base64");
    this.#headers = {
      Authorization: `Basic ${key}`,
      "Content-Type": "application/x-www-form-urlencoded",
      Accept: "application/json",
    };
  }

  async send(outgoing: OutgoingText): Promise<SendEnd> {
    const afterMs = this.#waitMs();
    if (afterMs > 0)
      return { delivery: { status: "retry", afterMs, reason: "Twilio asked for fewer at a time" } };
    const answer = await this.#http.send({
      method: "POST",
      path: `/2010-04-01/Accounts/${this.#settings.accountSid}/Messages.json`,
      headers: this.#headers,
      body: this.#form(outgoing).toString(),
    });
    return this.#endOf(answer);
  }

  /** While all wait, each is told another moment: they come back one after the other, not as a flood. */
  #waitMs(): number {
    const now = this.#clock.elapsed();
    if (now >= this.#pausedUntil) return 0;
    this.#lastSlot = Math.max(this.#pausedUntil, this.#lastSlot + apartMs);
    return this.#lastSlot - now;
  }

  #form({ account, to, text, outboxId }: OutgoingText): URLSearchParams {
    const callback = new URLSearchParams({ [outboxParam]: outboxId });
    return new URLSearchParams({
      To: to,
      [isMessagingService(account) ? "MessagingServiceSid" : "From"]: account,
      Body: text,
      StatusCallback: `${this.#settings.publicUrl}${statusPath}?${callback.toString()}`,
    });
  }

  #endOf(answer: ProviderAnswer): SendEnd {
    if (answer.type === "unsent") return { delivery: { status: "retry", reason: answer.reason } };
    if (answer.type === "unclear") return { delivery: { status: "ambiguous", reason: answer.reason } };
    const { status, headers, body } = answer;
    if (status < 300) {
      this.#refusalsInARow = 0;
      const message = taken.safeParse(json(body));
      return {
        delivery: message.success
          ? { status: "delivered", providerId: message.data.sid }
          : { status: "delivered" },
      };
    }
    const error = refusal.safeParse(json(body));
    const code = error.success ? (error.data.code ?? undefined) : undefined;
    const seconds = Number(headers["retry-after"]);
    const retryAfter = Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
    if (status === 429 || code === 20429) this.#pause(retryAfter);
    return endOfRefusal(status, code, retryAfter);
  }

  #pause(retryAfter: number | undefined): void {
    const doubled = firstPauseMs * 2 ** Math.min(this.#refusalsInARow, 10);
    this.#refusalsInARow += 1;
    const wait = Math.min(retryAfter === undefined ? doubled : retryAfter * 1_000, longestPauseMs);
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.elapsed() + wait);
  }

  close(): Promise<void> {
    return this.#http.close();
  }
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
