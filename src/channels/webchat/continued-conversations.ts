import { setTimeout as pause } from "node:timers/promises";
import type { JsonObject } from "../../basics/activity.ts";
import { KumustaError } from "../../basics/errors.ts";
import type { Clock } from "../../basics/time.ts";
import { carriedOf } from "../../conversation/decide/continued.ts";
import type { Inlet } from "../../turn/inlet.ts";
import type { ConversationRow, Soon } from "../../turn/ports.ts";
import type { ContinueLinks } from "./continue-links.ts";

/** How long the page waits for the other thread to let go, ms: a turn takes a few, a burst of messages up to this. */
const patienceMs = 2_000;
/** By how much longer we look, ms: what was decided in time is committed soon after. */
const graceMs = 1_000;
const lookMs = 15;

interface Parts {
  readonly links: ContinueLinks;
  readonly inlet: Inlet;
  readonly clock: Clock;
  readonly find: (conversationId: string) => Soon<ConversationRow | undefined>;
}

/** Brings what began on another channel into a web chat. */
export class ContinuedConversations {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @throws KumustaError `auth.invalid` for a token of nobody's or a conversation that is gone, `auth.expired` */
  async find(token: string): Promise<ConversationRow> {
    const conversation = await this.#parts.find(this.#parts.links.read(token));
    // Nobody's contact: the customer was erased.
    if (conversation === undefined || conversation.contact === "") throw new KumustaError("auth.invalid");
    return conversation;
  }

  /** Whether a web chat that stands can take over: the matter is not there already, and it is in the middle of none. */
  async mayEnter(to: string, from: ConversationRow): Promise<boolean> {
    if (from.state.movedTo === to) return false;
    const state = (await this.#parts.find(to))?.state;
    return state?.owner.type === "bot" && state.open === undefined;
  }

  /**
   * Takes the matter at hand out of a thread, for the web chat `to`: it answers in one of the two at every instant.
   * Gives what the web chat needs to go on.
   */
  async take(from: ConversationRow, to: string): Promise<JsonObject> {
    const { owner, open, suspended, lastIntent, movedTo } = from.state;
    if (owner.type !== "bot") return { from: from.id, team: owner.team };
    const isFlows = lastIntent === open?.intent || lastIntent === suspended?.intent;
    const intent = lastIntent === undefined ? {} : { intent: lastIntent };
    if (open === undefined && suspended === undefined)
      return { from: from.id, ...intent, ...carriedOf(from.state) };
    const never = movedTo === undefined || (await this.#parts.find(movedTo))?.version === 0;
    if (never && (await this.#letsGo(from, to)))
      return { from: from.id, ...intent, ...carriedOf(from.state) };
    // The flow is elsewhere, or the customer writes there at this moment: only what was cut short is answered here.
    return { from: from.id, ...(isFlows ? {} : intent) };
  }

  async #letsGo(from: ConversationRow, to: string): Promise<boolean> {
    const { inlet, clock, find } = this.#parts;
    const { version, address } = from;
    const { movedTo } = from.state;
    const until = clock.now() + patienceMs;
    await inlet.accept(from.id, {
      address,
      externalId: `moved.${to}`,
      activity: {
        type: "event",
        name: "conversation.moved",
        value: { to, version, until, ...(movedTo === undefined ? {} : { instead: movedTo }) },
        sentAt: clock.now(),
      },
    });
    for (;;) {
      const now = await find(from.id);
      if (now?.state.movedTo === to) return true;
      if (now === undefined || now.version > version || clock.now() > until + graceMs) return false;
      await pause(lookMs);
    }
  }
}
