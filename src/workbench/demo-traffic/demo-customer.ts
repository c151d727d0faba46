import type { InboundActivity, QuickReply, Source } from "../../basics/activity.ts";
import type { Content } from "../../content/content.ts";
import type { TurnCommit } from "../../turn/ports.ts";
import { anyAnswer, matterLine, orderNumber, usualLine, wishLine } from "./demo-lines.ts";
import type { Draws } from "./draws.ts";
import type { PlannedMatter, PlannedVisit } from "./planned-visit.ts";

const intentPayload = "intent:";
/** Answers that a customer gives to questions of the bot in one visit before they lose patience. */
const mostAnswers = 4;

/** What a customer does next. */
export interface CustomerAct {
  readonly afterMs: number;
  /** One thing, or a burst of messages. */
  readonly activities: readonly ((sentAt: number) => InboundActivity)[];
}

/** One visit as it goes: what was planned, and what the bot's answers lead to. */
export class DemoCustomer {
  readonly #visit: PlannedVisit;
  readonly #content: Content;
  readonly #draws: Draws;
  readonly #left: (() => readonly string[])[];
  #matter: PlannedMatter | undefined;
  #answers = 0;
  #rephrased = false;

  constructor(visit: PlannedVisit, content: Content, draws: Draws) {
    this.#visit = visit;
    this.#content = content;
    this.#draws = draws;
    const { matters, asksPerson, wish, thanks, customer } = visit;
    const usual = (what: "persons" | "thanks") => () => [usualLine(what, customer.language, draws)];
    this.#left = [
      ...matters.map((matter, index) => () => this.#wordsOf(matter, index === 0)),
      ...(asksPerson ? [usual("persons")] : []),
      ...(wish === undefined ? [] : [() => [wishLine(wish, draws)]]),
      ...(thanks ? [usual("thanks")] : []),
    ];
  }

  begin(): CustomerAct | undefined {
    return this.#goOn(0);
  }

  /** What they do after the bot's turn; undefined when the visit is over for them. */
  after({ turn, state }: TurnCommit): CustomerAct | undefined {
    const patience = this.#draws.around(25_000, 0.7);
    // A person was promised: they wait.
    if (state.owner.type !== "bot") return undefined;
    const buttons = turn.replies.at(-1)?.quickReplies ?? [];
    if (turn.outcome === "clarified" && buttons.length > 0) return this.#pick(buttons, patience);
    if (turn.outcome === "fellBack") return this.#rephrase(patience);
    return this.#answer(state.open?.dialog, state.open?.step, buttons, patience) ?? this.#goOn(patience);
  }

  #wordsOf(matter: PlannedMatter, first: boolean): readonly string[] {
    const { greets, bursts, customer } = this.#visit;
    this.#matter = matter;
    this.#rephrased = false;
    const asksNews = matter.again && this.#draws.happens(0.7);
    const line = asksNews
      ? usualLine("news", customer.language, this.#draws)
      : matterLine(matter.intent, customer.language, this.#draws);
    const words = first && greets ? [usualLine("greetings", customer.language, this.#draws), line] : [line];
    return first && bursts ? words : [words.join(", ")];
  }

  #goOn(afterMs: number): CustomerAct | undefined {
    const words = this.#left.shift()?.();
    return words === undefined ? undefined : this.#says(words, afterMs);
  }

  #says(words: readonly string[], afterMs: number): CustomerAct {
    const activities = words.map((text, index) => (sentAt: number) => ({
      type: "message" as const,
      text,
      sentAt,
      sequence: index,
      ...this.#source(),
    }));
    return { afterMs, activities };
  }

  #taps({ title, payload }: QuickReply, afterMs: number): CustomerAct {
    const tap = (sentAt: number) => ({
      type: "choice" as const,
      text: title,
      payload,
      sentAt,
      ...this.#source(),
    });
    return { afterMs, activities: [tap] };
  }

  #pick(buttons: readonly QuickReply[], afterMs: number): CustomerAct | undefined {
    const meant = buttons.find(
      ({ payload }) => payload === `${intentPayload}${this.#matter?.intent?.id ?? ""}`,
    );
    if (meant !== undefined) return this.#taps(meant, afterMs);
    // None of them was meant: half say so, the others leave it.
    const none = buttons.find(({ payload }) => !payload.startsWith(intentPayload));
    return none !== undefined && this.#draws.happens(0.5) ? this.#taps(none, afterMs) : this.#goOn(afterMs);
  }

  #rephrase(afterMs: number): CustomerAct | undefined {
    if (this.#matter === undefined || this.#rephrased || this.#draws.happens(0.4)) return this.#goOn(afterMs);
    this.#rephrased = true;
    return this.#says([matterLine(this.#matter.intent, this.#visit.customer.language, this.#draws)], afterMs);
  }

  #answer(
    dialog: string | undefined,
    step: string | undefined,
    buttons: readonly QuickReply[],
    afterMs: number,
  ): CustomerAct | undefined {
    const flow = this.#content.dialogs.get(dialog ?? "");
    const open = flow?.type === "flow" ? flow.steps.find(({ id }) => id === step) : undefined;
    if (open === undefined || this.#answers >= mostAnswers || this.#draws.happens(0.15)) return undefined;
    this.#answers += 1;
    if (open.type === "choose") {
      const button = this.#draws.oneOf(buttons);
      return button === undefined ? undefined : this.#taps(button, afterMs);
    }
    if (open.type !== "ask") return undefined;
    const [yes] = buttons;
    if (yes !== undefined && (open.confirm !== undefined || open.optional)) return this.#taps(yes, afterMs);
    return this.#says(
      [open.slot === "orderNumber" ? orderNumber(this.#draws) : anyAnswer(this.#draws)],
      afterMs,
    );
  }

  #source(): { readonly source?: Source } {
    const { page, referrer, campaign, customer } = this.#visit;
    const source: Source = {
      ...("device" in customer.placement ? { device: customer.placement.device } : {}),
      ...(page === undefined ? {} : { page }),
      ...(referrer === undefined ? {} : { referrer }),
      ...(campaign === undefined ? {} : { campaign }),
    };
    return Object.keys(source).length === 0 ? {} : { source };
  }
}
