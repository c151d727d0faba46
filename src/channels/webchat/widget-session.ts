import { createHash, createHmac } from "node:crypto";
import { z } from "zod";
import { KumustaError } from "../../basics/errors.ts";
import { newId, newKey } from "../../basics/ids.ts";
import type { Clock } from "../../basics/time.ts";
import type { Inlet } from "../../turn/inlet.ts";
import type { HttpRequest, HttpResponse, Route } from "../http-port.ts";
import type { Access } from "./access.ts";
import { check } from "./check.ts";
import { cleanLine } from "./clean-text.ts";
import type { ContinuedConversations } from "./continued-conversations.ts";
import {
  anonymousContact,
  isLinkedUser,
  linkedUser,
  shopperContact,
  type WebchatConversations,
} from "./conversations.ts";
import { newUser } from "./direct-line.ts";
import { parseJson } from "./parse-json.ts";
import type { WebchatSession, WebchatStore } from "./ports.ts";
import type { SessionAnswer } from "./protocol.ts";
import { isOwnOrigin } from "./public-address.ts";
import { accountName, channelName, defaultLimits, type WebchatSettings } from "./settings.ts";
import { sameSecret } from "./signer.ts";
import { networkOf, TokenBuckets } from "./token-buckets.ts";

const requestSchema = z.object({
  resume: z.string().max(200).nullish(),
  continue: z.string().max(200).nullish(),
  identity: z
    .object({
      id: z.string().regex(/^[\x21-\x7e]{1,128}$/u),
      hmac: z.string().regex(/^[0-9a-f]{64}$/iu),
      name: z.string().max(200).nullish(),
    })
    .nullish(),
});

interface Parts {
  readonly store: WebchatStore;
  readonly clock: Clock;
  readonly settings: WebchatSettings;
  readonly access: Access;
  readonly conversations: WebchatConversations;
  readonly inlet: Inlet;
  readonly continued: ContinuedConversations;
}

/** Gives a page without any secret a token for a conversation of its own, and a key that brings it back the next day. */
export class WidgetSessions {
  readonly #parts: Parts;
  readonly #opened: TokenBuckets;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#opened = new TokenBuckets(parts.settings.limits?.sessions ?? defaultLimits.sessions, parts.clock);
  }

  get routes(): Route[] {
    return [
      {
        method: "POST",
        path: "/widget/session",
        bodyLimit: 8 * 1024,
        cors: { origins: (origin, host) => this.#mayOpen(origin, host) },
        handle: (request) => this.#open(request),
      },
    ];
  }

  /** Browsers name the page's origin with every POST; a program that names none is no page that could be misused. */
  #mayOpen(origin: string, host: string): boolean {
    const { widgetOrigins, publicUrl } = this.#parts.settings;
    return widgetOrigins.includes(origin) || isOwnOrigin(origin, host, publicUrl);
  }

  async #open(request: HttpRequest): Promise<HttpResponse> {
    const { origin, host = "" } = request.headers;
    if (origin !== undefined && !this.#mayOpen(origin, host)) throw new KumustaError("origin.refused");
    this.#opened.take(networkOf(request.remoteAddress));
    const { resume, continue: link, identity } = check(requestSchema, parseJson(request.body));
    const shopper = identity === undefined || identity === null ? undefined : this.#verified(identity);
    const key = resume === undefined || resume === null || resume === "" ? undefined : resume;
    const body =
      (typeof link === "string" ? await this.#continue(link, key) : undefined) ??
      (key === undefined ? undefined : await this.#resume(key, shopper?.contact)) ??
      (await this.#begin(shopper?.contact));
    const { access } = this.#parts;
    const answer: SessionAnswer = {
      conversationId: body.conversation,
      ...access.issueToken({ ...body, name: shopper?.name }),
      resume: body.resume,
      userId: body.user,
      botName: this.#parts.settings.botName,
    };
    return { status: 200, body: answer };
  }

  /** @throws KumustaError `auth.invalid` when the site did not sign this id */
  #verified({ id, hmac, name }: { id: string; hmac: string; name?: string | null | undefined }): {
    contact: string;
    name: string | undefined;
  } {
    const secret = this.#parts.settings.widgetIdentitySecret;
    const wanted = secret === undefined ? undefined : createHmac("sha256", secret).update(id).digest("hex");
    if (wanted === undefined || !sameSecret(wanted, hmac.toLowerCase()))
      throw new KumustaError("auth.invalid", ["identity: not signed by this site"]);
    const called = cleanLine(name ?? "", 100);
    return { contact: shopperContact(id), name: called === "" ? undefined : called };
  }

  /**
   * A conversation for the contact of another channel, in which what was asked there goes on. The link is no proof of
   * who holds it now, so nobody is verified by it. In the browser that came by such a link before the same chat comes
   * back.
   * @throws KumustaError `auth.invalid`, `auth.expired`
   */
  async #continue(link: string, key: string | undefined) {
    const { continued, inlet, clock } = this.#parts;
    const from = await continued.find(link);
    const before = key === undefined ? undefined : await this.#resume(key, from.contact, true);
    const { rowId, ...body } = before ?? (await this.#begin(from.contact, linkedUser(), false));
    if (before !== undefined && !(await continued.mayEnter(rowId, from))) return body;
    const { language: locale } = from.state;
    await inlet.accept(rowId, {
      address: { channel: channelName, account: accountName, conversation: body.conversation },
      // Nothing new was said there: nothing goes on a second time.
      externalId: `continued.${from.id}.${String(from.version)}`,
      activity: {
        type: "event",
        name: "conversation.continued",
        value: await continued.take(from, rowId),
        ...(locale === undefined ? {} : { locale }),
        sentAt: clock.now(),
      },
    });
    return body;
  }

  async #begin(contact: string | undefined, user = newUser(), verified = contact !== undefined) {
    const { conversations, store, clock } = this.#parts;
    const { id, rowId } = await conversations.open(newId(), contact ?? anonymousContact(user), verified);
    const resume = newKey();
    await store.addSession(rowId, user, hashOf(resume), clock.now());
    return { conversation: id, user, resume, rowId };
  }

  /**
   * The conversation of this key with its next key; undefined when the key opens nothing for this caller.
   * @param linked only one that began by a link
   */
  async #resume(key: string, contact: string | undefined, linked = false) {
    const { store, clock } = this.#parts;
    const presented = hashOf(key);
    const session = await store.findSession(presented);
    if (session === undefined || !opensFor(session, contact)) return undefined;
    if (linked && !isLinkedUser(session.userId)) return undefined;
    const { conversation } = session;
    const resume = this.#successor(key);
    // The previous key leads to the same successor: a lost answer, or two tabs at once, lock nobody out.
    if (session.resumeHash === presented)
      await store.rotateSession(conversation.rowId, presented, hashOf(resume), clock.now());
    return { conversation: conversation.id, user: session.userId, resume, rowId: conversation.rowId };
  }

  #successor(key: string): string {
    return createHmac("sha256", this.#parts.settings.directLineSecret)
      .update(`resume ${key}`)
      .digest("base64url");
  }
}

/**
 * A shopper's conversation opens again for that shopper alone, on a shared computer too; one that began before they
 * logged in stays with nobody in particular, since others may have written in it.
 */
function opensFor({ conversation, userId }: WebchatSession, contact: string | undefined): boolean {
  const own = isLinkedUser(userId) ? conversation.contact : anonymousContact(userId);
  return conversation.contact === (contact ?? own);
}

function hashOf(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}
