import { createHash, createHmac, randomUUID } from "node:crypto";
import { request } from "node:http";

export type WebhookParams = Readonly<Record<string, string | readonly string[]>>;

export interface CallerSettings {
  readonly authToken: string;
  /** Address that Twilio was told: signatures are over it. */
  readonly publicUrl: string;
  /** Where it really listens: Twilio's proxy, so to say. */
  readonly target: () => string;
  readonly breaches: string[];
  /** How long Twilio waits for an answer, ms: 15 s by its documentation. */
  readonly patienceMs: number;
}

export interface CallOptions {
  /** As a JSON body with its digest in the query, instead of a form. */
  readonly json?: true;
  /** Signed with something else. */
  readonly forged?: true;
  /** Twilio asks again once when it gets no good answer. */
  readonly retries?: number;
}

/** Calls webhooks as Twilio does: signed, with parameters nobody knows, impatient, and once again on failure. */
export class WebhookCaller {
  readonly #settings: CallerSettings;
  unanswered = 0;

  constructor(settings: CallerSettings) {
    this.#settings = settings;
  }

  /** The statuses of all tries; 0 where there was no answer. */
  async call(url: string, params: WebhookParams, options: CallOptions = {}): Promise<number[]> {
    const statuses: number[] = [];
    const token = randomUUID();
    for (let tries = 0; tries <= (options.retries ?? 1); tries++) {
      const status = await this.#once(url, params, token, options);
      statuses.push(status);
      if (status === 0) this.unanswered += 1;
      if (status >= 200 && status < 500) break;
    }
    return statuses;
  }

  async #once(url: string, params: WebhookParams, token: string, options: CallOptions): Promise<number> {
    const { publicUrl, target, breaches } = this.#settings;
    const made = options.json === true ? this.#json(url, params) : this.#form(url, params);
    const signature = options.forged === true ? made.signature.toLowerCase() : made.signature;
    const answer = await this.#post(`${target()}${made.url.slice(publicUrl.length)}`, made.body, {
      "Content-Type": made.contentType,
      "X-Twilio-Signature": signature,
      "I-Twilio-Idempotency-Token": token,
      "User-Agent": "TwilioProxy/1.1",
      Host: new URL(publicUrl).host,
      "X-Forwarded-Proto": "https",
    });
    if (answer.status === 200) {
      if (!answer.contentType.startsWith("text/xml"))
        breaches.push(`the answer is ${answer.contentType}, not XML`);
      if (!/<Response>\s*<\/Response>|<Response\s*\/>/u.test(answer.body))
        breaches.push("the answer is not an empty TwiML response");
    }
    return answer.status;
  }

  #form(url: string, params: WebhookParams) {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(params))
      for (const one of [value].flat()) body.append(name, one);
    const joined = Object.keys(params)
      .sort()
      .map((name) =>
        [...new Set([params[name] ?? ""].flat())]
          .sort()
          .map((value) => name + value)
          .join(""),
      )
      .join("");
    return {
      url,
      body: body.toString(),
      contentType: "application/x-www-form-urlencoded; charset=utf-8",
      signature: this.#sign(url + joined),
    };
  }

  #json(url: string, params: WebhookParams) {
    const body = JSON.stringify(params);
    const hash = createHash("sha256").update(body).digest("hex");
    const signed = `${url}${url.includes("?") ? "&" : "?"}bodySHA256=${hash}`;
    return { url: signed, body, contentType: "application/json", signature: this.#sign(signed) };
  }

  #sign(data: string): string {
    return createHmac("sha1", this.#settings.authToken).update(data, "utf8").digest("base64");
  }

  #post(
    url: string,
    body: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<{ status: number; contentType: string; body: string }> {
    return new Promise((resolve) => {
      const none = () => {
        resolve({ status: 0, contentType: "", body: "" });
      };
      const call = request(
        url,
        { method: "POST", headers, timeout: this.#settings.patienceMs },
        (response) => {
          const chunks: string[] = [];
          response.setEncoding("utf8");
          response.on("data", (chunk: string) => chunks.push(chunk));
          response.on("error", none);
          response.on("end", () => {
            const contentType = response.headers["content-type"] ?? "";
            resolve({ status: response.statusCode ?? 0, contentType, body: chunks.join("") });
          });
        },
      );
      call.on("timeout", () => {
        call.destroy();
      });
      call.on("error", none);
      call.end(body);
    });
  }
}
