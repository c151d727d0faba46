import type { Json } from "../../basics/activity.ts";
import { KumustaError } from "../../basics/errors.ts";
import type { Action, ActionBook } from "../../turn/ports.ts";
import type { ConversationTest, FakeAnswer } from "./test-schema.ts";

/** One action as it was asked for. */
export interface ActionCall {
  readonly action: string;
  readonly input: Readonly<Record<string, Json>>;
  readonly idempotencyKey: string;
}

/** As long as an endpoint may take (actions/endpoint-actions.ts), in time that is set. */
const timeoutMs = 10_000;
/** Nothing here takes real time. */
const realTimeoutMs = 600_000;

/** The business as a test declares it: answers, refuses, takes its time. */
export class FakeActions implements ActionBook {
  readonly #sleep: (ms: number) => Promise<void>;
  #answers = new Map<string, FakeAnswer[]>();
  #calls: ActionCall[] = [];

  constructor(sleep: (ms: number) => Promise<void>) {
    this.#sleep = sleep;
  }

  /** From here on it answers so. */
  answer(answers: ConversationTest["actions"]): void {
    this.#answers = new Map(Object.entries(answers).map(([name, list]) => [name, [...list]]));
    this.#calls = [];
  }

  /** What was asked since this was asked last. */
  taken(): readonly ActionCall[] {
    return this.#calls.splice(0);
  }

  get(name: string): Action {
    return {
      name,
      timeoutMs: realTimeoutMs,
      perform: async (input, { idempotencyKey }) => {
        this.#calls.push({ action: name, input, idempotencyKey });
        const answers = this.#answers.get(name) ?? [];
        return this.#perform(name, answers.length > 1 ? answers.shift() : answers[0]);
      },
    };
  }

  async #perform(name: string, answer: FakeAnswer | undefined): Promise<Json> {
    if (answer === undefined)
      throw new KumustaError("action.refused", [`the test gives no answer to ${name}`]);
    if (answer === "unreachable") throw new KumustaError("action.unavailable", [name]);
    if (answer === "fails") throw new KumustaError("action.refused", [name]);
    const { slow = 0, fails, result = {} } = answer;
    if (slow > 0) await this.#sleep(Math.min(slow, timeoutMs));
    if (slow >= timeoutMs) throw new KumustaError("action.timeout", [name]);
    if (fails === true) throw new KumustaError("action.refused", [name]);
    return result;
  }
}
