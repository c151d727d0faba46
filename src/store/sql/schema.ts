import type { CaseChange } from "../../conversation/handoff/case-change.ts";
import type { Outcome } from "../../conversation/outcome.ts";
import type { CaseStatus } from "../../conversation/state.ts";

/** Tables as the migrations make them. Text ids (UUIDv7), times in epoch ms, JSON as text, on both engines. */

export interface ConversationsTable {
  id: string;
  channel: string;
  account: string;
  external_id: string;
  contact: string;
  version: number;
  state: string;
  /** What this conversation's placeholders stand for, as JSON. */
  vault: string;
  /** Names the customer in the log, across the conversations of one contact. */
  contact_id: string;
  last_handled_sent_at: number;
  created_at: number;
  updated_at: number;
}

export interface IntakeTable {
  conversation_id: string;
  external_id: string;
  id: string;
  type: string;
  sent_at: number;
  received_at: number;
  ready_at: number;
  body: string;
  status: "pending" | "handled" | "setAside";
  attempts: number;
  reason: string | null;
  turn_id: string | null;
}

export interface TurnsTable {
  id: string;
  conversation_id: string;
  seq: number;
  at: number;
  trigger: string;
  outcome: string;
  kind: string;
  stage: string | null;
  intent: string | null;
  record: string;
}

export interface OutboxTable {
  id: string;
  conversation_id: string;
  turn_id: string;
  turn_seq: number;
  n: number;
  kind: "reply" | "action";
  body: string;
  status: "due" | "sending" | "delivered" | "unknown" | "failed" | "cancelled";
  not_before: number;
  attempts: number;
  provider_id: string | null;
  reason: string | null;
  created_at: number;
  settled_at: number | null;
  /** The provider's last word on the message, and when it said so. */
  receipt: "sent" | "failed" | "delivered" | "read" | null;
  receipt_at: number | null;
}

export interface TimersTable {
  conversation_id: string;
  name: string;
  due_at: number;
  generation: number;
}

export interface TranscriptTable {
  conversation_id: string;
  seq: number;
  /** The intake or outbox row it came from. */
  source_id: string;
  body: string;
}

export interface WebchatSessionsTable {
  conversation_id: string;
  user_id: string;
  /** SHA-256 of the resume key, hexadecimal: the key itself is never stored. */
  resume_hash: string;
  /** The key before the last rotation stays good until its answer was surely received. */
  previous_hash: string | null;
  rotated_at: number;
  created_at: number;
}

export interface UploadsTable {
  /** Unguessable: the address is the credential. */
  id: string;
  conversation_id: string;
  name: string;
  content_type: string;
  bytes: number;
  created_at: number;
}

export interface UploadPiecesTable {
  upload_id: string;
  n: number;
  bytes: Uint8Array;
}

export interface CasesTable {
  id: string;
  /** Short form of the id that people type; nearly always unique. */
  ref: string;
  conversation_id: string;
  channel: string;
  account: string;
  /** As `contact_id` of its conversation; in older rows the contact itself. */
  contact: string;
  team: string;
  status: CaseStatus;
  reason: string;
  agent: string | null;
  kind: string;
  stage: string | null;
  intent: string | null;
  opened_at: number;
  /** Version of the conversation that opened it. */
  opened_seq: number;
  updated_at: number;
  promised_at: number | null;
  /** Promises broken. */
  broken: number;
  /** Since when the customer waits for words of a person. */
  waiting_since: number | null;
  first_replied_at: number | null;
  closed_at: number | null;
  card: string;
}

export interface CaseEventsTable {
  case_id: string;
  /** Version of the conversation, and position within its turn. */
  seq: number;
  n: number;
  at: number;
  type: CaseChange["type"];
  agent: string | null;
  /** Names the agent's act that caused it. */
  key: string | null;
  body: string;
}

/** Turns committed and not counted yet, by their position. */
export interface UncountedTable {
  conversation_id: string;
  seq: number;
}

/** One matter of one visit. Rules: src/turn/counting/concern.ts. Times in epoch ms. */
export interface ConcernsTable {
  visit_id: string;
  intent: string;
  conversation_id: string;
  contact_id: string;
  channel: string;
  account: string;
  language: string | null;
  device: string | null;
  page: string | null;
  referrer: string | null;
  campaign: string | null;
  lifecycle: string;
  kind: string;
  stage: string | null;
  topic: string | null;
  /** Owner of the touchpoint; null where nobody is named for it. */
  team: string | null;
  opened_at: number;
  last_at: number;
  /** Versions of the conversation that its first and last turn made. */
  first_seq: number;
  last_seq: number;
  /** Business day of `opened_at` (2026-11-22). */
  day: string;
  turns: number;
  /** Of its last turn that said something. */
  outcome: Outcome;
  handed_off_at: number | null;
  hand_off_reason: string | null;
  hand_off_team: string | null;
  /** The earlier visit that it follows up. */
  follow_up_of: string | null;
  /** Time until the same contact opened the same intent again in a later visit, ms; null: not (yet). */
  back_after_ms: number | null;
}

/** Sums by business day. What each measure's keys mean: src/turn/counting/contribution.ts. */
export interface RollupsTable {
  measure: string;
  day: string;
  kind: string;
  stage: string;
  intent: string;
  k1: string;
  k2: string;
  k3: string;
  n: number;
}

/** What a person said a turn was about. The latest counts, the bot's own stays in the turn. */
export interface CorrectionsTable {
  id: string;
  turn_id: string;
  at: number;
  by: string;
  decided_by: "agent" | "reviewer";
  kind: string;
  stage: string | null;
  intent: string | null;
  topic: string | null;
  /** Owner of the corrected touchpoint, as the content named it then. */
  team: string | null;
}

/** What the whole database is. */
export interface MarksTable {
  name: string;
  value: string;
}

/** Only on PostgreSQL: SQLite serves one process, so its leases live in that process. */
export interface LeasesTable {
  kind: string;
  conversation_id: string;
  holder: string;
  until_at: number;
}

/** One erasure: when, by whom, what. Names nobody. */
export interface ErasuresTable {
  id: string;
  at: number;
  by: string;
  salt: string;
  digest: string;
  /** Kinds and counts, as JSON. */
  removed: string;
}

/** Conversations of erased people: ids are random and say nothing of them. */
export interface ErasedConversationsTable {
  conversation_id: string;
  begun_at: number;
  /** Null while something of it may be left, as after a crash. */
  finished_at: number | null;
}

/** How far each purpose of retention has come: times in epoch ms, `position` is the last row seen of the pass. */
export interface RetentionTable {
  purpose: string;
  done_until: number;
  due_until: number;
  position: string;
}

export interface Schema {
  conversations: ConversationsTable;
  intake: IntakeTable;
  turns: TurnsTable;
  outbox: OutboxTable;
  timers: TimersTable;
  transcript: TranscriptTable;
  webchat_sessions: WebchatSessionsTable;
  uploads: UploadsTable;
  upload_pieces: UploadPiecesTable;
  leases: LeasesTable;
  cases: CasesTable;
  case_events: CaseEventsTable;
  uncounted: UncountedTable;
  concerns: ConcernsTable;
  rollups: RollupsTable;
  corrections: CorrectionsTable;
  marks: MarksTable;
  erasures: ErasuresTable;
  erased_conversations: ErasedConversationsTable;
  retention: RetentionTable;
}
