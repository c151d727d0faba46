import { z } from "zod";
import { KumustaError, reasonOf } from "../../basics/errors.ts";
import { newId, newKey } from "../../basics/ids.ts";
import type { Clock } from "../../basics/time.ts";
import type { Inlet } from "../../turn/inlet.ts";
import type { HttpRequest, HttpResponse, Route, SocketRoute } from "../http-port.ts";
import type { Access, Caller } from "./access.ts";
import { check } from "./check.ts";
import { cleanLine } from "./clean-text.ts";
import { anonymousContact, type WebchatConversations } from "./conversations.ts";
import { readActivity, type IncomingActivity, type Sender } from "./incoming-activity.ts";
import type { LiveLines } from "./live-lines.ts";
import { activityId, wireActivity } from "./outgoing-activity.ts";
import { parseJson } from "./parse-json.ts";
import type { WebchatConversation, WebchatStore } from "./ports.ts";
import { addressedAs } from "./public-address.ts";
import { accountName, channelName, defaultLimits, mostBodyBytes, type WebchatSettings } from "./settings.ts";
import type { Claims } from "./signer.ts";
import { Stream } from "./stream.ts";
import { TokenBuckets } from "./token-buckets.ts";

export interface DirectLineParts {
  readonly inlet: Inlet;
  readonly store: WebchatStore;
  readonly clock: Clock;
  readonly settings: WebchatSettings;
  readonly access: Access;
  readonly conversations: WebchatConversations;
  readonly live: LiveLines;
  readonly onFault: (what: string, thrown: unknown) => void;
}

const fineConversationId = /^[\w-]{1,64}$/u;
const reservedUser = "dl_";
const userId = z.string().regex(/^[\x21-\x7e]{1,128}$/u, "1 to 128 plain characters without spaces");
const userSchema = z.object({ id: userId.optional(), name: z.string().max(200).nullish() });
const parametersSchema = z.object({ user: userSchema.nullish() });

/** Lines read at once for GET activities, and the most that one answer holds: the client asks on from its watermark. */
const pageLines = 500;
const mostLines = 20_000;

/** Direct Line 3.0, as far as the official clients depend on it (docs/direct-line.md). */
export class DirectLine {
  readonly #parts: DirectLineParts;
  readonly #posts: TokenBuckets;
  readonly #reads: TokenBuckets;
  readonly #mostSockets: number;

  constructor(parts: DirectLineParts) {
    const limits = { ...defaultLimits, ...parts.settings.limits };
    this.#parts = parts;
    this.#posts = new TokenBuckets(limits.posts, parts.clock);
    this.#reads = new TokenBuckets(limits.reads, parts.clock);
    this.#mostSockets = limits.socketsPerConversation;
  }

  get routes(): Route[] {
    const route = (method: "GET" | "POST", path: string, handle: Route["handle"]): Route => ({
      method,
      path: `/v3/directline${path}`,
      bodyLimit: mostBodyBytes,
      cors: { origins: "any" },
      handle,
    });
    return [
      route("POST", "/tokens/generate", (request) => this.#generate(request)),
      route("POST", "/tokens/refresh", (request) => this.#refresh(request)),
      route("POST", "/conversations", (request) => this.#start(request)),
      route("GET", "/conversations/:conversationId", (request) => this.#reconnect(request)),
      route("GET", "/conversations/:conversationId/activities", (request) => this.#activities(request)),
      route("POST", "/conversations/:conversationId/activities", (request) => this.#post(request)),
      {
        ...route("GET", "/session/getsessionid", () => ({ status: 200, body: { sessionId: newId() } })),
        cors: { origins: "any", credentials: true },
      },
    ];
  }

  get socketRoutes(): SocketRoute[] {
    return [
      {
        path: "/v3/directline/conversations/:conversationId/stream",
        accept: (request) => this.#stream(request),
      },
    ];
  }

  /** A token for a conversation of its own, for a site's server to hand to its page. */
  #generate(request: HttpRequest): HttpResponse {
    if (this.#parts.access.callerOf(request).by !== "secret")
      throw new KumustaError("auth.invalid", ["only the secret may ask for tokens"]);
    const { user } = check(parametersSchema, parseJson(request.body));
    const claims = { conversation: newId(), user: user?.id ?? newUser(), name: nameOf(user?.name) };
    return {
      status: 200,
      body: { conversationId: claims.conversation, ...this.#parts.access.issueToken(claims) },
    };
  }

  #refresh(request: HttpRequest): HttpResponse {
    const caller = this.#parts.access.callerOf(request);
    if (caller.by !== "token") throw new KumustaError("auth.invalid", ["only tokens are refreshed"]);
    this.#reads.take(caller.claims.conversation);
    return {
      status: 200,
      body: { conversationId: caller.claims.conversation, ...this.#parts.access.issueToken(caller.claims) },
    };
  }

  async #start(request: HttpRequest): Promise<HttpResponse> {
    const { access, conversations, store } = this.#parts;
    const caller = access.callerOf(request);
    const { user } = check(parametersSchema, parseJson(request.body));
    if (caller.by === "token") this.#reads.take(caller.claims.conversation);
    const claims =
      caller.by === "token"
        ? caller.claims
        : { conversation: newId(), user: freeUser(user?.id) ?? newUser(), name: nameOf(user?.name) };
    const standing = caller.by === "token" ? await conversations.find(claims.conversation) : undefined;
    if (standing !== undefined) {
      return {
        status: 200,
        body: access.conversationAnswer(request, claims, await store.lastSeq(standing.rowId)),
      };
    }
    await this.#open(claims);
    return { status: 201, body: access.conversationAnswer(request, claims, 0) };
  }

  /** Conversations of tokens begin with their first use. */
  #open(claims: Pick<Claims, "conversation" | "user">): Promise<WebchatConversation> {
    return this.#parts.conversations.open(claims.conversation, anonymousContact(claims.user), false);
  }

  async #reconnect(request: HttpRequest): Promise<HttpResponse> {
    const { access, store } = this.#parts;
    const caller = access.callerOf(request);
    const conversation = await this.conversationOf(caller, request.params["conversationId"]);
    this.#reads.take(conversation.id);
    // Without a watermark the client wants what comes from now on: fixed here, so that nothing falls between.
    const after = watermarkOf(request.query.get("watermark")) ?? (await store.lastSeq(conversation.rowId));
    const claims =
      caller.by === "token" ? caller.claims : { conversation: conversation.id, user: userOf(conversation) };
    return { status: 200, body: access.conversationAnswer(request, claims, after) };
  }

  /** The conversation of the address, if this caller may use it. @throws KumustaError `auth.invalid`, `conversation.unknown` */
  async conversationOf(caller: Caller, id: string | undefined): Promise<WebchatConversation> {
    if (id === undefined || !fineConversationId.test(id)) throw new KumustaError("conversation.unknown");
    if (caller.by === "token" && caller.claims.conversation !== id)
      throw new KumustaError("auth.invalid", ["it is for another conversation"]);
    const standing = await this.#parts.conversations.find(id);
    if (standing !== undefined) return standing;
    if (caller.by === "token") return this.#open(caller.claims);
    throw new KumustaError("conversation.unknown");
  }

  /** Never 5xx: the official client stops polling for good at the first one. */
  async #activities(request: HttpRequest): Promise<HttpResponse> {
    const { access, settings, onFault } = this.#parts;
    const caller = access.callerOf(request);
    const given = watermarkOf(request.query.get("watermark"));
    try {
      const conversation = await this.conversationOf(caller, request.params["conversationId"]);
      this.#reads.take(conversation.id);
      return {
        status: 200,
        body: await this.#history(conversation, given ?? 0, addressedAs(request, settings.publicUrl)),
      };
    } catch (thrown) {
      if (thrown instanceof KumustaError && thrown.status < 500) throw thrown;
      onFault("webchat.history", thrown);
      return { status: 200, body: { activities: [], watermark: String(given ?? 0) } };
    }
  }

  async #history(conversation: WebchatConversation, after: number, base: string) {
    const { store } = this.#parts;
    const activities = [];
    let last = after;
    while (activities.length < mostLines) {
      const lines = await store.linesAfter(conversation.rowId, last, pageLines);
      for (const line of lines) activities.push(wireActivity(line, conversation.id, base));
      last = lines.at(-1)?.seq ?? last;
      if (lines.length < pageLines) break;
    }
    // A watermark from before a restored backup may lie beyond what we have: the client gets one that is good.
    if (activities.length === 0 && after > 0) last = Math.min(after, await store.lastSeq(conversation.rowId));
    return { activities, watermark: String(last) };
  }

  async #post(request: HttpRequest): Promise<HttpResponse> {
    const { access, clock } = this.#parts;
    const caller = access.callerOf(request);
    const conversation = await this.conversationOf(caller, request.params["conversationId"]);
    this.#posts.take(conversation.id);
    const posted = parseJson(request.body);
    const sender = this.senderOf(caller, conversation, posted);
    const { id } = await this.take(conversation, readActivity(posted, sender, clock.now()));
    return { status: 200, body: { id } };
  }

  /** Whose words they are: the token's user, whatever the activity claims; the secret may speak for anybody without a token. */
  senderOf(caller: Caller, conversation: WebchatConversation, posted: unknown): Sender {
    if (caller.by === "token")
      return { conversation: conversation.id, user: caller.claims.user, name: caller.claims.name };
    const { from } = check(z.object({ from: userSchema.nullish() }), posted);
    return {
      conversation: conversation.id,
      user: freeUser(from?.id) ?? userOf(conversation),
      name: nameOf(from?.name),
    };
  }

  /** Hands one activity to the engine; resolves when it is durable, with Direct Line's id of it. */
  async take(
    conversation: WebchatConversation,
    incoming: IncomingActivity,
  ): Promise<{ readonly id: string; readonly duplicate: boolean }> {
    const { inlet, live } = this.#parts;
    if (incoming.kind === "typing") {
      inlet.typing(conversation.rowId);
      return { id: activityId(conversation.id, newId()), duplicate: false };
    }
    const { externalId, activity, body } = incoming;
    const accepted = await inlet.accept(conversation.rowId, {
      address: { channel: channelName, account: accountName, conversation: conversation.id },
      externalId,
      activity,
      transcript: { body },
    });
    if (accepted.transcriptSeq !== undefined)
      live.announce(conversation.rowId, { id: accepted.id, seq: accepted.transcriptSeq, body });
    return { id: activityId(conversation.id, accepted.id), duplicate: accepted.duplicate };
  }

  async #stream(request: Omit<HttpRequest, "body">) {
    const { access, inlet, store, live, settings, onFault } = this.#parts;
    const id = request.params["conversationId"] ?? "";
    const claims = access.redeem(request.query.get("t"), id, request.remoteAddress);
    const conversation = await this.conversationOf({ by: "token", claims }, id);
    if (live.countOf(conversation.rowId) >= this.#mostSockets)
      throw new KumustaError("request.tooMany", ["streams of this conversation"], { retryAfterSeconds: 10 });
    const after = watermarkOf(request.query.get("watermark"));
    const base = addressedAs(request, settings.publicUrl);
    return (socket: ConstructorParameters<typeof Stream>[0]["socket"]) => {
      new Stream({
        socket,
        store,
        live,
        conversation,
        base,
        after,
        onCaughtUp: () => inlet.lookedOn(conversation.rowId),
        onFault: (thrown) => onFault(`webchat.stream: ${reasonOf(thrown)}`, thrown),
      });
    };
  }
}

/** A position, or undefined for none: clients send an empty one, and what they make of undefined. */
function watermarkOf(given: string | null): number | undefined {
  return given !== null && /^\d{1,15}$/u.test(given) ? Number(given) : undefined;
}

/** User ids that begin with `dl_` are given by tokens alone; nobody may claim one. */
function freeUser(id: string | undefined): string | undefined {
  if (id?.startsWith(reservedUser) === true)
    throw new KumustaError("request.malformed", ["user ids that begin with dl_ come from tokens only"]);
  return id;
}

export function newUser(): string {
  return reservedUser + newKey().slice(0, 22);
}

function nameOf(given: string | null | undefined): string | undefined {
  const name = cleanLine(given ?? "", 100);
  return name === "" ? undefined : name;
}

function userOf(conversation: WebchatConversation): string {
  return conversation.contact.replace(/^\w+:/u, "");
}
