import { openActions } from "../../actions/open-actions.ts";
import type { InboundActivity } from "../../basics/activity.ts";
import { KumustaError } from "../../basics/errors.ts";
import { IdSource } from "../../basics/ids.ts";
import { businessDays } from "../../turn/counting/business-day.ts";
import type { TurnMiddleware } from "../../turn/host.ts";
import type { ContentAndModel } from "../../turn/run-turn.ts";
import type { Store } from "../../store/store.ts";
import { RehearsalClock } from "../rehearsal/rehearsal-clock.ts";
import { Rehearsal } from "../rehearsal/rehearsal.ts";
import type { RehearsedTurn } from "../rehearsal/watched-store.ts";
import { agentActs } from "./demo-agents.ts";
import { DemoCustomer, type CustomerAct } from "./demo-customer.ts";
import { Draws } from "./draws.ts";
import type { TrafficPlan } from "./plan-traffic.ts";
import type { PlannedCustomer, PlannedVisit } from "./planned-visit.ts";
import { TimeQueue } from "./time-queue.ts";

export interface PlayOptions {
  readonly plan: TrafficPlan;
  readonly seed: number;
  readonly pair: ContentAndModel;
  /** New and empty. */
  readonly store: Store;
  readonly middleware: readonly TurnMiddleware[];
  readonly onProgress?: (done: number, total: number, what: string) => void;
}

/** Every conversation of made-up traffic is one of this account. */
export const demoAccount = "demo";
/** Words wait for more words (docs/configuration.md, BURST_QUIET_MS); then the bot thinks. */
const quietMs = 900;
const thinksMs = 40;
/** Longest that the answers of people and the timers go on after the last visit, ms. */
const afterwardsMs = 2 * 86_400_000;

/** Happenings after which what was played is counted: while its turns are still in memory. */
const countedEvery = 200;
/** Turns counted in one transaction. */
const turnsAtOnce = 1_000;

type Happening = () => Promise<void>;

/** Plays a plan through the engine as it is: recognizer, core, store and timers are the program's own, only time is set. */
export async function playTraffic({
  plan,
  seed,
  pair,
  store,
  middleware,
  onProgress,
}: PlayOptions): Promise<number> {
  const { content } = pair;
  const [first] = plan.visits;
  const clock = new RehearsalClock(first?.at ?? 0, { runs: false });
  const ids = new IdSource(clock);
  const businessTime = businessDays(content.timeZone);
  const actions = openActions("sampleShop", clock, (name) => content.actions.get(name));
  const draws = new Draws(seed, 3);
  const queue = new TimeQueue<Happening>();
  const conversations = new Map<PlannedCustomer, string>();
  const customers = new Map<string, PlannedCustomer>();
  let turns = 0;

  /** Whoever takes a case that opened just now acts later. */
  const watch = ({ commit }: RehearsedTurn) => {
    turns += 1;
    const { turn, cases } = commit;
    const customer = customers.get(turn.conversationId);
    for (const change of cases)
      if (change.type === "opened" && customer !== undefined)
        for (const act of agentActs(change, turn.at, customer.language, draws))
          queue.add(act.at, async () => {
            await rehearsal.happens(turn.conversationId, act.activity(clock.now()));
          });
  };
  const rehearsal = await Rehearsal.open({
    pair,
    clock,
    actions: actions.book,
    middleware,
    onTurn: watch,
    keep: { store, account: demoAccount, newId: () => ids.next() },
    mergesBursts: true,
  });

  const conversationOf = async (customer: PlannedCustomer): Promise<string> => {
    const known = conversations.get(customer);
    if (known !== undefined) return known;
    const id = ids.next();
    conversations.set(customer, id);
    customers.set(id, customer);
    const { lifecycle, placement } = customer;
    await rehearsal.begin({
      id,
      channel: placement.channel,
      state: lifecycle === "unknown" ? {} : { lifecycle },
    });
    return id;
  };

  const act = async (customer: DemoCustomer, id: string, { activities }: CustomerAct) => {
    const sentAt = clock.now();
    const happened: InboundActivity[] = activities.map((activity) => activity(sentAt));
    const written = happened.some(({ type }) => type === "message");
    const wait = (written ? quietMs : 0) + Math.round(draws.around(thinksMs, 0.6));
    const came = await rehearsal.happenTogether(id, happened, wait);
    const last = came.findLast(({ commit }) => commit.turn.conversationId === id);
    const next = last === undefined ? undefined : customer.after(last.commit);
    if (next !== undefined) queue.add(clock.now() + next.afterMs, () => act(customer, id, next));
  };
  const begin = async (visit: PlannedVisit, number: number) => {
    const customer = new DemoCustomer(visit, content, new Draws(seed, 4, number));
    const first = customer.begin();
    if (first !== undefined) await act(customer, await conversationOf(visit.customer), first);
  };

  try {
    for (const [number, visit] of plan.visits.entries()) queue.add(visit.at, () => begin(visit, number));
    const until = (plan.visits.at(-1)?.at ?? 0) + afterwardsMs;
    let done = 0;
    for (let next = queue.next(); next !== undefined; next = queue.next()) {
      // One that took its time is behind the clock already: it happens now.
      if (next.at > clock.now()) await rehearsal.wait("", Math.min(next.at, until) - clock.now());
      if (next.at > until) break;
      await next.item();
      const [failure] = rehearsal.failures();
      if (failure !== undefined) throw new KumustaError("demo.refused", [failure]);
      done += 1;
      if (done % countedEvery !== 0) continue;
      await store.counting.count(businessTime, turnsAtOnce);
      onProgress?.(done, done + queue.size, `${String(turns)} turns`);
    }
    while ((await store.counting.count(businessTime, turnsAtOnce)) > 0);
    return turns;
  } finally {
    await rehearsal.close();
    await actions.close();
  }
}
