import type { InboundActivity } from "../../basics/activity.ts";
import { isoTime } from "../../basics/time.ts";
import type { Exported, ExportRows } from "../../store/sql/export-store.ts";
import type { Cell } from "./csv.ts";

/* What an export tells of each row. Names and order of columns stay: docs/export.md lists them, people build on them. */

export type Columns<Row> = Readonly<Record<string, (row: Row) => Cell>>;

/** How one kind of row is told. */
export interface ExportedKind<Row> {
  /** In the order of a table's columns. */
  readonly columns: Columns<Row>;
  /** What a line of JSON holds besides the columns. */
  readonly more: (row: Row) => Readonly<Record<string, unknown>>;
}

const timeOrNull = (at: number | null | undefined) => (at === null || at === undefined ? null : isoTime(at));

function wordsOf(activity: InboundActivity): string {
  if (activity.type === "message" || activity.type === "choice") return activity.text;
  if (activity.type === "agent") return activity.text ?? "";
  return "";
}

type Turn = ExportRows["turns"];
/** As corrected, where somebody did. */
const decided = ({ record, correction }: Turn) => correction ?? record.category;

const turns: Columns<Turn> = {
  id: (turn) => turn.id,
  at: (turn) => isoTime(turn.at),
  conversation: (turn) => turn.conversation_id,
  seq: (turn) => turn.seq,
  contact: ({ record }) => record.contactId ?? null,
  visit: ({ record }) => record.visitId ?? null,
  channel: ({ record }) => record.channel ?? null,
  account: ({ record }) => record.account ?? null,
  trigger: (turn) => turn.trigger,
  language: ({ record }) => record.locale ?? null,
  lifecycle: ({ record }) => record.lifecycle ?? null,
  device: ({ record }) => record.source?.device ?? null,
  page: ({ record }) => record.source?.page ?? null,
  referrer: ({ record }) => record.source?.referrer ?? null,
  campaign: ({ record }) => record.source?.campaign ?? null,
  kind: (turn) => decided(turn).kind,
  stage: (turn) => decided(turn).stage,
  intent: (turn) => decided(turn).intent,
  topic: (turn) => decided(turn).topic,
  decidedBy: ({ record, correction }) => correction?.decided_by ?? record.category.decidedBy,
  correctedBy: ({ correction }) => correction?.by ?? null,
  correctedAt: ({ correction }) => timeOrNull(correction?.at),
  botKind: ({ record }) => record.category.kind,
  botStage: ({ record }) => record.category.stage,
  botIntent: ({ record }) => record.category.intent,
  botTopic: ({ record }) => record.category.topic,
  confidence: ({ record }) => record.category.confidence,
  followUpOfVisit: ({ record }) => record.category.followUpOf?.visit ?? null,
  team: ({ record }) => record.team ?? null,
  outcome: (turn) => turn.outcome,
  handOffReason: ({ record }) => record.handOff?.reason ?? null,
  handOffTeam: ({ record }) => record.handOff?.team ?? null,
  dialog: ({ record }) => record.dialog?.id ?? null,
  step: ({ record }) => record.dialog?.step ?? null,
  scripts: ({ record }) => (record.said ?? []).map(({ script, variant }) => `${script}/${variant}`).join(" "),
  customerText: ({ record }) => (record.activities ?? []).map(({ activity }) => wordsOf(activity)).join("\n"),
  replyText: ({ record }) => (record.replies ?? []).map(({ text }) => text).join("\n"),
  acceptedAt: ({ record }) => timeOrNull(record.acceptedAt),
  arrivedLate: ({ record }) => record.arrivedLate ?? false,
  withheld: ({ record }) => record.withheld ?? null,
  contentVersion: ({ record }) => record.contentVersion ?? null,
};

const concerns: Columns<ExportRows["concerns"]> = {
  visit: (concern) => concern.visit_id,
  intent: (concern) => concern.intent,
  conversation: (concern) => concern.conversation_id,
  contact: (concern) => concern.contact_id,
  channel: (concern) => concern.channel,
  account: (concern) => concern.account,
  language: (concern) => concern.language,
  lifecycle: (concern) => concern.lifecycle,
  device: (concern) => concern.device,
  page: (concern) => concern.page,
  referrer: (concern) => concern.referrer,
  campaign: (concern) => concern.campaign,
  kind: (concern) => concern.kind,
  stage: (concern) => concern.stage,
  topic: (concern) => concern.topic,
  team: (concern) => concern.team,
  day: (concern) => concern.day,
  openedAt: (concern) => isoTime(concern.opened_at),
  lastAt: (concern) => isoTime(concern.last_at),
  turns: (concern) => concern.turns,
  outcome: (concern) => concern.outcome,
  handedOffAt: (concern) => timeOrNull(concern.handed_off_at),
  handOffReason: (concern) => concern.hand_off_reason,
  handOffTeam: (concern) => concern.hand_off_team,
  followUpOfVisit: (concern) => concern.follow_up_of,
  backAfterMs: (concern) => concern.back_after_ms,
};

const cases: Columns<ExportRows["cases"]> = {
  id: (found) => found.id,
  ref: (found) => found.ref,
  conversation: (found) => found.conversation_id,
  contact: (found) => found.contact,
  channel: (found) => found.channel,
  account: (found) => found.account,
  team: (found) => found.team,
  status: (found) => found.status,
  reason: (found) => found.reason,
  agent: (found) => found.agent,
  kind: (found) => found.kind,
  stage: (found) => found.stage,
  intent: (found) => found.intent,
  openedAt: (found) => isoTime(found.opened_at),
  updatedAt: (found) => isoTime(found.updated_at),
  promisedAt: (found) => timeOrNull(found.promised_at),
  promisesBroken: (found) => found.broken,
  waitingSince: (found) => timeOrNull(found.waiting_since),
  firstRepliedAt: (found) => timeOrNull(found.first_replied_at),
  closedAt: (found) => timeOrNull(found.closed_at),
  asked: ({ card }) => card.asked,
};

export const exportedKinds: { readonly [What in Exported]: ExportedKind<ExportRows[What]> } = {
  turns: {
    columns: turns,
    more: ({ record: { recognition = null, activities = [], replies = [], steps = [] } }) => ({
      recognition,
      activities,
      replies,
      steps,
    }),
  },
  concerns: { columns: concerns, more: () => ({}) },
  cases: {
    columns: cases,
    more: ({ card, events }) => ({
      card,
      history: events.map(({ at, type, agent }) => ({ at: isoTime(at), type, agent })),
    }),
  },
};
