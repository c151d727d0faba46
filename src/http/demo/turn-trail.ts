import { newId } from "../../basics/ids.ts";
import type { Clock } from "../../basics/time.ts";
import type { TrailAnswer, TurnView } from "../../console/demo-protocol.ts";
import type { Content } from "../../content/content.ts";
import type { TurnTimes, TurnWatch } from "../../turn/observer.ts";
import type { Settlement, TurnCommit } from "../../turn/ports.ts";
import { turnView } from "./turn-view.ts";

/** How many turns the page can look back on. */
const keptTurns = 50;

/** A turn as it came: what the page shows of it is made when the page asks, so that a turn that nobody looks at costs next to nothing. */
interface Entry {
  readonly commit: TurnCommit;
  readonly times: TurnTimes;
  /** What was live then: titles are of the same version. */
  readonly content: Content;
  readonly committedAt: number;
  /** Replies that have not come to rest. */
  readonly underWay: Set<string>;
  readonly undelivered: string[];
  deliverMs: number | null;
  /** Value of the trail's counter when it last changed. */
  changed: number;
}

/** The last turns of this process, in memory, for the demo page. Nothing is kept elsewhere, and nothing after a stop. */
export class TurnTrail implements TurnWatch {
  readonly #clock: Pick<Clock, "elapsed">;
  readonly #content: () => Content;
  readonly #run = newId();
  readonly #entries: Entry[] = [];
  #counter = 0;

  /** @param content what is live: asked at each turn */
  constructor(clock: Pick<Clock, "elapsed">, content: () => Content) {
    this.#clock = clock;
    this.#content = content;
  }

  recorded(commit: TurnCommit, times: TurnTimes): void {
    this.#counter += 1;
    this.#entries.push({
      commit,
      times,
      content: this.#content(),
      committedAt: this.#clock.elapsed(),
      underWay: new Set(commit.outbox.flatMap(({ id, body }) => (body.type === "reply" ? [id] : []))),
      undelivered: [],
      deliverMs: null,
      changed: this.#counter,
    });
    if (this.#entries.length > keptTurns) this.#entries.shift();
  }

  settled(outboxId: string, { status }: Pick<Settlement, "status">): void {
    if (status === "due") return;
    const entry = this.#entries.findLast(({ underWay }) => underWay.has(outboxId));
    if (entry === undefined) return;
    entry.underWay.delete(outboxId);
    if (status !== "delivered") entry.undelivered.push(status);
    else if (entry.underWay.size === 0 && entry.undelivered.length === 0)
      entry.deliverMs = this.#clock.elapsed() - entry.committedAt;
    this.#counter += 1;
    entry.changed = this.#counter;
  }

  /** These conversations are nobody's now: what their customer wrote is not shown any more. */
  forget(conversations: ReadonlySet<string>): void {
    const kept = this.#entries.filter(({ commit }) => !conversations.has(commit.turn.conversationId));
    this.#entries.splice(0, this.#entries.length, ...kept);
  }

  /** What is new or changed since the counter stood at `after`. */
  since(after: number): TrailAnswer {
    const { stages, teams } = this.#content();
    return {
      run: this.#run,
      at: this.#counter,
      turns: this.#entries.filter(({ changed }) => changed > after).map(shown),
      stages: [...stages.values()].map(({ id, title }) => ({ id, title })),
      teams: Object.fromEntries([...teams.values()].map(({ id, name }) => [id, name])),
    };
  }
}

function shown({ commit, times, content, deliverMs, undelivered }: Entry): TurnView {
  const view = turnView(commit, times, content);
  return { ...view, times: { ...view.times, deliverMs }, undelivered };
}
