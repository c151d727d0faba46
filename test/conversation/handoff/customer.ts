import type { AgentActivity, InboundActivity } from "../../../src/basics/activity.ts";
import { decide } from "../../../src/conversation/decide/decide.ts";
import type { Decision } from "../../../src/conversation/decision.ts";
import type { CaseChange } from "../../../src/conversation/handoff/case-change.ts";
import type { Recognition } from "../../../src/conversation/recognized.ts";
import { newConversation, type ConversationState } from "../../../src/conversation/state.ts";
import { recognized, shop as content } from "../customer.ts";

/** Monday, November 23, 2026, 10 am in Manila: everybody is at work. */
export const mondayMorning = Date.parse("2026-11-23T10:00:00+08:00");

/** One customer's conversation with its durable timers, turn by turn, in a time that the test moves. */
export class Customer {
  state: ConversationState = { ...newConversation, repliedTurns: 1 };
  now: number;
  seq = 0;
  /** Why the channel takes no words of a person just now. */
  agentForbidden: string | undefined;
  readonly timers = new Map<string, { dueAt: number; generation: number }>();
  readonly changes: CaseChange[] = [];

  constructor(now = mondayMorning) {
    this.now = now;
  }

  turn(activity: InboundActivity, recognition?: Recognition): Decision {
    this.seq++;
    const decision = decide({
      conversationId: "0193c000-0000-7000-8000-0000a1b2c3d4",
      channel: "webchat",
      seq: this.seq,
      now: this.now,
      activity,
      state: this.state,
      content,
      recognition,
      agentForbidden: this.agentForbidden,
      thresholds: { accept: 0.6, clarify: 0.3 },
    });
    this.state = decision.state;
    this.changes.push(...decision.cases);
    for (const timer of decision.timers) {
      if ("cancel" in timer) this.timers.delete(timer.name);
      else this.timers.set(timer.name, { dueAt: timer.dueAt, generation: this.seq });
    }
    return decision;
  }

  say(text: string, candidates: Readonly<Record<string, number>> = {}): Decision {
    return this.turn({ type: "message", text, sentAt: this.now }, recognized([candidates]));
  }

  sends(contentType: string): Decision {
    const attachments = [{ contentType, contentUrl: "/uploads/x" }];
    return this.turn({ type: "message", text: "", attachments, sentAt: this.now });
  }

  taps(payload: string): Decision {
    return this.turn({ type: "choice", text: "a button", payload, sentAt: this.now });
  }

  agent(op: AgentActivity["op"], more: Partial<AgentActivity> = {}): Decision {
    const caseId = more.caseId ?? this.state.cases?.at(-1)?.id ?? "none";
    const key = `k${String(this.seq + 1)}`;
    return this.turn({ type: "agent", agent: "Maria", op, key, sentAt: this.now, ...more, caseId });
  }

  /** Time goes on to the next timer that is set, which fires. Undefined when none is set. */
  waits(): Decision | undefined {
    const [next] = [...this.timers].sort(([, a], [, b]) => a.dueAt - b.dueAt);
    if (next === undefined) return undefined;
    const [name, { dueAt, generation }] = next;
    this.timers.delete(name);
    this.now = Math.max(this.now, dueAt);
    return this.turn({ type: "timer", name, generation, sentAt: this.now });
  }

  /** The case that was opened last. */
  get case() {
    return this.state.cases?.at(-1);
  }
}

export const textOf = (decision: Decision | undefined) =>
  decision?.replies.map(({ text }) => text).join("\n") ?? "";
export const tapsOf = (decision: Decision | undefined) =>
  decision?.replies.flatMap(({ quickReplies }) => quickReplies ?? []).map(({ payload }) => payload) ?? [];
