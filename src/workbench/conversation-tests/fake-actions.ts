import { z } from "zod";
import {
  endpointActions,
  timeoutMs,
  type EndpointAnswer,
  type EndpointRequest,
} from "../../actions/endpoint-actions.ts";
import type { Json } from "../../basics/activity.ts";
import { KumustaError } from "../../basics/errors.ts";
import { newKey } from "../../basics/ids.ts";
import type { Clock } from "../../basics/time.ts";
import type { Content } from "../../content/content.ts";
import type { Action, ActionBook } from "../../turn/ports.ts";
import type { Sleepers } from "../rehearsal/sleepers.ts";
import type { ConversationTest, FakeAnswer } from "./test-schema.ts";

/** One action as it was asked for. */
export interface ActionCall {
  readonly action: string;
  readonly input: Readonly<Record<string, Json>>;
}

const asked = z.object({ action: z.string(), input: z.record(z.string(), z.json()) });
/** Time-outs come in time that is set; real time never runs out, ms. */
const realTimeoutMs = 600_000;

/** The business as a test declares it, behind the same requests and checks as a real one: answers, refuses, is slow. */
export class FakeActions implements ActionBook {
  readonly #sleepers: Sleepers;
  readonly #book: ActionBook;
  #answers = new Map<string, FakeAnswer[]>();
  #calls: ActionCall[] = [];

  constructor(content: Content, clock: Clock, sleepers: Sleepers) {
    this.#sleepers = sleepers;
    this.#book = endpointActions({
      endpoint: (request) => this.#answer(request),
      secret: newKey(),
      clock,
      declared: (name) => content.actions.get(name),
    });
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

  get(name: string): Action | undefined {
    const action = this.#book.get(name);
    return action === undefined ? undefined : { ...action, timeoutMs: realTimeoutMs };
  }

  async #answer({ body }: EndpointRequest): Promise<EndpointAnswer> {
    const { action, input } = asked.parse(JSON.parse(body));
    this.#calls.push({ action, input });
    const answers = this.#answers.get(action) ?? [];
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === undefined)
      throw new KumustaError("action.refused", [`the test gives no answer to ${action}`]);
    if (answer === "unreachable") throw new KumustaError("action.unavailable", [action]);
    if (answer === "fails") return { status: 422, body: "" };
    const { slow = 0, fails, result = {} } = answer;
    if (slow > 0) await this.#sleepers.sleep(Math.min(slow, timeoutMs));
    if (slow >= timeoutMs) throw new KumustaError("action.timeout", [action]);
    return fails === true ? { status: 422, body: "" } : { status: 200, body: JSON.stringify(result) };
  }
}
