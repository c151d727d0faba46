import type { AgentActivity, Attachment, InboundActivity, Reply } from "../../basics/activity.ts";
import { newId } from "../../basics/ids.ts";
import type { Content } from "../../content/content.ts";
import { zoneOf } from "../../conversation/handoff/zone.ts";
import type { Rehearsal } from "../rehearsal/rehearsal.ts";
import type { RehearsalClock } from "../rehearsal/rehearsal-clock.ts";
import type { RehearsedTurn } from "../rehearsal/watched-store.ts";
import { channelBreaches } from "./channel-limits.ts";
import type { FakeActions } from "./fake-actions.ts";
import { buttonsOf, ownerText, repliesOf, type Happened } from "./happened.ts";
import { judge, type Miss } from "./judge.ts";
import type { ConversationTest, TestStep } from "./test-schema.ts";

export interface Stage {
  readonly content: Content;
  readonly rehearsal: Rehearsal;
  readonly clock: RehearsalClock;
  readonly actions: FakeActions;
  /** Where tests are played that name no channel of their own, and so stand on web chat. */
  readonly channel?: ConversationTest["channel"] | undefined;
}

/** A step of a test and what came of it. */
export interface PlayedStep {
  readonly step: TestStep;
  readonly happened: Happened;
  /** Expectations that were not met. */
  readonly misses: readonly Miss[];
}

/** When a test begins, epoch ms: a local time of the shop. */
export function instantOf(at: string, timeZone: string): number {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = at.split(/[- :]/u).map(Number);
  return zoneOf(timeZone).instantOf(year, month, day, hour * 60 + minute);
}

/**
 * Plays one test on the real engine, step by step. A step that goes wrong does not end it: what follows is played too,
 * so that all faults are seen, unless a button that is to be tapped was not offered.
 * @param id names the conversation and so chooses the wordings that this customer hears
 */
export async function playTest(
  stage: Stage,
  id: string,
  test: ConversationTest,
): Promise<readonly PlayedStep[]> {
  const { rehearsal, clock, actions, content } = stage;
  clock.set(instantOf(test.at, content.timeZone));
  actions.answer(test.actions);
  const { verified, lifecycle } = test;
  const channel = test.channel === "webchat" ? (stage.channel ?? test.channel) : test.channel;
  await rehearsal.begin({
    id,
    channel,
    state: { verified, ...(lifecycle === undefined ? {} : { lifecycle }) },
  });
  const played: PlayedStep[] = [];
  let replies: readonly Reply[] = [];
  try {
    for (const step of test.conversation) {
      const before = await rehearsal.stateOf(id);
      const found = await playStep(stage, id, test, step, replies);
      if ("what" in found) {
        const happened = await lookAt(stage, id, before, []);
        played.push({ step, happened, misses: [found] });
        break;
      }
      const happened = await lookAt(stage, id, before, found.turns);
      const said = repliesOf(happened);
      if (said.length > 0) replies = said;
      const breaches = said
        .flatMap((reply) => channelBreaches(channel, reply))
        .map((breach): Miss => ({ what: "channel", expected: `fits on ${channel}`, found: breach }));
      const failures = rehearsal
        .failures()
        .map((failure): Miss => ({ what: "engine", expected: "no failure", found: failure }));
      played.push({
        step,
        happened,
        misses: [...judge(step.expect ?? {}, happened), ...breaches, ...failures],
      });
    }
  } finally {
    await rehearsal.end(id);
  }
  return played;
}

async function lookAt(
  { rehearsal, clock, actions }: Stage,
  id: string,
  before: Happened["before"],
  turns: readonly RehearsedTurn[],
): Promise<Happened> {
  const now = clock.now();
  const timers = [...(await rehearsal.timersOf(id))].map(([name, at]): [string, number] => [name, at - now]);
  return {
    turns,
    before,
    state: await rehearsal.stateOf(id),
    calls: actions.taken(),
    timers: new Map(timers),
  };
}

async function playStep(
  { rehearsal, clock }: Stage,
  id: string,
  test: ConversationTest,
  step: TestStep,
  replies: readonly Reply[],
): Promise<{ readonly turns: readonly RehearsedTurn[] } | Miss> {
  if ("wait" in step) return { turns: await rehearsal.wait(id, step.wait) };
  const happened = { sentAt: clock.now(), ...(test.locale === undefined ? {} : { locale: test.locale }) };
  let activity: InboundActivity;
  if ("agent" in step) {
    const cases = (await rehearsal.stateOf(id)).cases ?? [];
    const caseId = cases.at(-1)?.id;
    if (caseId === undefined)
      return {
        what: "agent",
        expected: "a case to work on",
        found: ownerText(await rehearsal.stateOf(id)).full,
      };
    activity = agentActs(step, caseId, happened.sentAt);
  } else if ("event" in step) {
    activity = { type: "event", name: step.event, ...happened };
  } else if ("taps" in step) {
    const offered = buttonsOf(replies);
    const button = offered.find(({ title, payload }) => title === step.taps || payload === step.taps);
    if (button === undefined)
      return {
        what: "taps",
        expected: step.taps,
        found: offered.map(({ title, payload }) => `${title} (${payload})`).join(", ") || "no button",
      };
    activity = { type: "choice", text: button.title, payload: button.payload, ...happened };
  } else {
    const attachments = (step.sends ?? []).map(attachmentOf);
    activity = {
      type: "message",
      text: "says" in step ? step.says : "",
      ...(attachments.length > 0 ? { attachments } : {}),
      ...happened,
    };
  }
  return { turns: await rehearsal.happens(id, activity) };
}

function agentActs(
  step: Extract<TestStep, { agent: string }>,
  caseId: string,
  sentAt: number,
): AgentActivity {
  const { agent: op, name, text, script } = step;
  return {
    type: "agent",
    agent: name,
    caseId,
    op,
    key: newId(),
    sentAt,
    ...(text === undefined ? {} : { text }),
    ...(script === undefined ? {} : { script }),
  };
}

function attachmentOf({
  type,
  name,
}: {
  readonly type: string;
  readonly name?: string | undefined;
}): Attachment {
  return {
    contentType: type,
    contentUrl: `/uploads/${name ?? "file"}`,
    ...(name === undefined ? {} : { name }),
  };
}
