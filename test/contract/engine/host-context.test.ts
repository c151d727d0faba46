import { describe, expect, it } from "@jest/globals";
import { TurnContext, type Activity, type ResourceResponse } from "botbuilder";
import { HostedAdapter, HostedContext } from "../../../src/turn/host-context.ts";

/** Keeps what reaches it, and answers with an id for each. */
class Recorder extends HostedAdapter {
  readonly received: Partial<Activity>[] = [];

  override sendActivities(_: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    this.received.push(...activities);
    return Promise.resolve(activities.map((_activity, n) => ({ id: `sent-${String(n)}` })));
  }
  override updateActivity = () => Promise.resolve(undefined);
  override deleteActivity = () => Promise.resolve();
  override continueConversation = () => Promise.resolve();

  run(context: TurnContext, logic: (context: TurnContext) => Promise<void>): Promise<void> {
    return this.runMiddleware(context, logic);
  }
}

const heard: Partial<Activity> = {
  type: "message",
  id: "turn-1",
  channelId: "webchat",
  text: "magkano po sf",
  locale: "fil",
  from: { id: "customer", name: "" },
  recipient: { id: "shop", name: "Kumusta" },
  conversation: { id: "c", isGroup: false, conversationType: "", name: "" },
  serviceUrl: "",
};

type Context = new (adapter: Recorder, activity: Partial<Activity>) => TurnContext;

/** What reached the adapter of such a context, what the sender got, and whether the turn counts as answered. */
async function sent(kind: Context, activities: readonly Partial<Activity>[], listens = false) {
  const adapter = new Recorder();
  const context = new kind(adapter, heard);
  if (listens)
    context.onSendActivities(async (_context, seen, next) => {
      for (const activity of seen) if (activity.text !== undefined) activity.text += " po";
      return next();
    });
  const responses = await context.sendActivities(activities.map((activity) => ({ ...activity })));
  return { received: adapter.received, ids: responses.map(({ id }) => id), responded: context.responded };
}

describe("a turn's context", () => {
  it.each<[string, readonly Partial<Activity>[]]>([
    ["a reply", [{ type: "message", text: "₱85", id: "mine" }]],
    ["words without a type", [{ text: "₱85" }]],
    [
      "a pause and a reply",
      [
        { type: "delay", value: 900 },
        { type: "message", text: "₱85" },
      ],
    ],
    ["a note for developers alone", [{ type: "trace", name: "seen" }]],
    ["nothing", []],
  ])("sends %s as the framework's own does, whether middleware listens or not", async (_what, activities) => {
    for (const listens of [false, true]) {
      const ours = await sent(HostedContext, activities, listens);
      const theirs = await sent(TurnContext, activities, listens);
      // The framework writes the given ids into what it sent, after it was sent.
      const withoutIds = ({ id: _id, ...activity }: Partial<Activity>) => activity;
      expect(ours.received.map(withoutIds)).toEqual(theirs.received.map(withoutIds));
      expect({ ids: ours.ids, responded: ours.responded }).toEqual({
        ids: theirs.ids,
        responded: theirs.responded,
      });
    }
  });

  it("goes through middleware in order, and ends with the turn", async () => {
    const adapter = new Recorder();
    const steps: string[] = [];
    let kept: TurnContext | undefined;
    adapter.use(async (context, next) => {
      kept = context;
      steps.push("outer begins");
      await next();
      steps.push(`outer ends, answered: ${String(context.responded)}`);
    });
    adapter.use(async (context, next) => {
      await context.sendActivity("Sandali lang po.");
      await next();
    });
    await adapter.run(new HostedContext(adapter, heard), async (context) => {
      steps.push("the bot");
      await context.sendActivity("₱85");
    });
    expect(steps).toEqual(["outer begins", "the bot", "outer ends, answered: true"]);
    expect(adapter.received.map(({ text }) => text)).toEqual(["Sandali lang po.", "₱85"]);
    expect(() => kept?.activity).toThrow("revoked");
  });

  it("ends too where middleware throws, and the turn with it", async () => {
    const adapter = new Recorder();
    let kept: TurnContext | undefined;
    adapter.use((context) => {
      kept = context;
      return Promise.reject(new Error("no"));
    });
    await expect(adapter.run(new HostedContext(adapter, heard), () => Promise.resolve())).rejects.toThrow(
      "no",
    );
    expect(() => kept?.activity).toThrow("revoked");
  });
});
