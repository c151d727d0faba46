import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { isJsonObject, type AgentActivity } from "../basics/activity.ts";
import { KumustaError } from "../basics/errors.ts";
import { newId } from "../basics/ids.ts";
import { openText, type Vault } from "../basics/masking/vault.ts";
import type { Clock } from "../basics/time.ts";
import type { HttpRequest, HttpResponse } from "../channels/http-port.ts";
import { check } from "../channels/webchat/check.ts";
import { cleanLine, cleanText } from "../channels/webchat/clean-text.ts";
import { parseJson } from "../channels/webchat/parse-json.ts";
import type { Refusal } from "../conversation/handoff/case-change.ts";
import type { CaseEvent, CaseRow, CaseStore } from "../store/sql/case-store.ts";
import type { Inlet } from "../turn/inlet.ts";
import type { TurnStore } from "../turn/ports.ts";
import { summaryOf } from "./case-views.ts";
import type { ActAnswer } from "./protocol.ts";

export interface CaseActsParts {
  readonly cases: CaseStore;
  readonly turns: Pick<TurnStore, "getConversation">;
  readonly inlet: Pick<Inlet, "accept">;
  readonly clock: Clock;
}

export const ops = ["assign", "reply", "return", "close"] as const;
type Op = AgentActivity["op"];

/** How long an answer waits to tell what became of the act, and how often it looks, ms. */
const waitMs = 2_000;
const lookMs = 20;
const mostWords = 4_000;

const words = z
  .string()
  .max(mostWords)
  .transform(cleanText)
  .refine((text) => text.trim() !== "", "must not be empty");
const actSchema = z.strictObject({
  agent: z
    .string()
    .transform((name) => cleanLine(name, 60).trim())
    .refine((name) => name !== "", "must be the agent's name, as customers may read it"),
  text: words.optional(),
  script: z.string().min(1).max(200).optional(),
  key: z.string().min(1).max(100).optional(),
});
const headerKey = /^[\x21-\x7e]{1,100}$/u;

const whys: Readonly<Record<Refusal, string>> = {
  channelForbids: "the channel does not let anybody write to this customer now",
  closed: "it is closed: the customer's next request opens another",
  notYours: "another agent has it: assign it to yourself first",
  otherCase: "the customer has another open case now: act on that one",
  unknownCase: "the conversation has had five newer cases since",
  unknownScript: "there is no such script",
};

/** What agents do with cases, taken in by the same durable door as everything else that happens. */
export class CaseActs {
  readonly #parts: CaseActsParts;

  constructor(parts: CaseActsParts) {
    this.#parts = parts;
  }

  /**
   * Accepts one act; answers when it is durable, and with what became of it if that is soon.
   * @throws KumustaError `request.malformed`, `case.conflict`, `engine.busy`, `store.refused`
   */
  async act(op: Op, row: CaseRow, request: HttpRequest): Promise<HttpResponse> {
    const { turns, inlet, clock } = this.#parts;
    const activity = this.#activityOf(op, row, request);
    const conversation = await turns.getConversation(row.conversationId);
    if (conversation === undefined) throw new KumustaError("case.unknown");
    const externalId = `agent:${activity.key}`;
    const { address } = conversation;
    const { duplicate } = await inlet.accept(row.conversationId, { address, externalId, activity });
    if (duplicate) await this.#requireSame(row, externalId, activity);
    const event = await this.#outcome(row.id, activity.key, clock.elapsed() + waitMs);
    if (event?.type === "refused") throw refused(activity, event, row.vault);
    const [now] = await this.#parts.cases.find(row.id);
    const body: ActAnswer = {
      key: activity.key,
      duplicate,
      handled: event !== undefined,
      case: summaryOf(now ?? row),
    };
    return { status: 200, body };
  }

  #activityOf(op: Op, row: CaseRow, request: HttpRequest): AgentActivity {
    const { agent, text, script, key } = check(actSchema, parseJson(request.body));
    const given = request.headers["idempotency-key"];
    if (given !== undefined && !headerKey.test(given))
      throw new KumustaError("request.malformed", ["Idempotency-Key: at most 100 plain characters"]);
    if (op === "reply" && (text === undefined) === (script === undefined))
      throw new KumustaError("request.malformed", ["body: a reply has either text or script"]);
    if (op === "assign" && (text !== undefined || script !== undefined))
      throw new KumustaError("request.malformed", ["body: assign says nothing; reply does"]);
    if (text !== undefined && script !== undefined)
      throw new KumustaError("request.malformed", ["body: either text or script"]);
    return {
      type: "agent",
      agent,
      caseId: row.id,
      op,
      key: given ?? key ?? newId(),
      sentAt: this.#parts.clock.now(),
      ...(text === undefined ? {} : { text }),
      ...(script === undefined ? {} : { script }),
    };
  }

  /** A key that comes again means the same act; for another act it is a mistake of the caller's. */
  async #requireSame(row: CaseRow, externalId: string, activity: AgentActivity): Promise<void> {
    const stored = await this.#parts.cases.activityOf(row.conversationId, externalId);
    const fields = ["agent", "caseId", "op", "text", "script"] as const;
    const same =
      stored !== undefined &&
      isJsonObject(stored) &&
      fields.every((field) => stored[field] === activity[field]);
    if (!same) throw new KumustaError("case.conflict", ["this key stands for another act already"]);
  }

  async #outcome(caseId: string, key: string, until: number): Promise<CaseEvent | undefined> {
    for (;;) {
      const events = (await this.#parts.cases.history(caseId)).filter((event) => event.key === key);
      // Words to a case in line take it first: the act's own event is the last.
      const last = events.at(-1);
      if (last !== undefined || this.#parts.clock.elapsed() >= until) return last;
      await pause(lookMs);
    }
  }
}

function refused({ script }: AgentActivity, { body }: CaseEvent, vault: Vault): KumustaError {
  const why = Object.entries(whys).find(([name]) => name === body["why"])?.[1] ?? "it stands otherwise now";
  const { reason } = body;
  const more =
    typeof reason === "string"
      ? `: ${openText(reason, vault)}`
      : script === undefined
        ? ""
        : ` (script ${script})`;
  return new KumustaError("case.conflict", [`${why}${more}`]);
}
