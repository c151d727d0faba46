import type { Kysely } from "kysely";
import type { Json, JsonObject } from "../../basics/activity.ts";
import { emptyVault, type Vault } from "../../basics/masking/vault.ts";
import type { CaseChange, ContextCard } from "../../conversation/handoff/case-change.ts";
import type { CaseStatus } from "../../conversation/state.ts";
import type { TurnRecord } from "../../turn/ports.ts";
import type { SqlDriver } from "./driver.ts";
import { allIntake } from "./intake.ts";
import type { CasesTable, Schema } from "./schema.ts";
import { literal, rows, statement, type Script } from "./statement.ts";
import { StoredJson } from "./stored-json.ts";

/** A case as it stands. Times in epoch ms. */
export interface CaseRow {
  readonly id: string;
  readonly ref: string;
  readonly conversationId: string;
  readonly channel: string;
  readonly account: string;
  /** Names the customer in the log. */
  readonly contactId: string;
  /** The customer as their channel knows them; null once they were erased. */
  readonly contact: string | null;
  readonly team: string;
  readonly status: CaseStatus;
  readonly reason: string;
  readonly agent: string | null;
  readonly kind: string;
  readonly stage: string | null;
  readonly intent: string | null;
  readonly openedAt: number;
  readonly openedSeq: number;
  readonly updatedAt: number;
  readonly promisedAt: number | null;
  readonly broken: number;
  readonly waitingSince: number | null;
  readonly firstRepliedAt: number | null;
  readonly closedAt: number | null;
  /** Masked, as are the case's turns and events. */
  readonly card: ContextCard;
  /** Opens them. */
  readonly vault: Vault;
}

export interface CaseEvent {
  readonly at: number;
  readonly type: CaseChange["type"];
  readonly agent: string | null;
  readonly key: string | null;
  readonly body: JsonObject;
}

/** What was said in one turn, as the log has it. */
export interface LoggedTurn extends Pick<TurnRecord, "activities" | "replies" | "withheld"> {
  readonly id: string;
  readonly seq: number;
  readonly at: number;
}

export interface CaseFilter {
  /** Empty: any. */
  readonly statuses: readonly CaseStatus[];
  readonly team?: string | undefined;
  readonly limit: number;
  /** Cases opened after this one, in the list's order. */
  readonly after?: { readonly openedAt: number; readonly id: string } | undefined;
}

const cards = new StoredJson<ContextCard>();
const vaults = new StoredJson<Vault>();
const eventBodies = new StoredJson<JsonObject>();
const records = new StoredJson<Pick<TurnRecord, "activities" | "replies" | "withheld">>();
/** Turns before the handover that a case shows. */
const turnsBefore = 20;
const mostTurns = 300;

/** A case with what its conversation knows of the customer. */
type FoundCase = CasesTable & { readonly customer: string | null; readonly vault: string | null };

function fromRow(row: FoundCase): CaseRow {
  return {
    id: row.id,
    ref: row.ref,
    conversationId: row.conversation_id,
    channel: row.channel,
    account: row.account,
    contactId: row.contact,
    contact: row.customer === "" ? null : row.customer,
    team: row.team,
    status: row.status,
    reason: row.reason,
    agent: row.agent,
    kind: row.kind,
    stage: row.stage,
    intent: row.intent,
    openedAt: row.opened_at,
    openedSeq: row.opened_seq,
    updatedAt: row.updated_at,
    promisedAt: row.promised_at,
    broken: row.broken,
    waitingSince: row.waiting_since,
    firstRepliedAt: row.first_replied_at,
    closedAt: row.closed_at,
    card: cards.parse(row.card),
    vault: row.vault === null ? emptyVault : vaults.parse(row.vault),
  };
}

/** Reads cases apart from the message path. */
export class CaseStore {
  readonly #db: Kysely<Schema>;
  readonly #driver: Pick<SqlDriver, "readApart">;

  constructor(db: Kysely<Schema>, driver: Pick<SqlDriver, "readApart">) {
    this.#db = db;
    this.#driver = driver;
  }

  #cases() {
    return this.#db
      .selectFrom("cases")
      .leftJoin("conversations", "conversations.id", "cases.conversation_id")
      .selectAll("cases")
      .select(["conversations.contact as customer", "conversations.vault"]);
  }

  /** Oldest first. */
  list(filter: CaseFilter): Promise<CaseRow[]> {
    return this.#driver.readApart(() => this.#list(filter));
  }

  *#list({ statuses, team, limit, after }: CaseFilter): Script<CaseRow[]> {
    let query = this.#cases().orderBy("opened_at").orderBy("cases.id").limit(limit);
    // Said in literals: the index of open cases serves only a query that repeats its own condition.
    if (statuses.length > 0 && statuses.every((status) => status === "queued" || status === "assigned"))
      query = query.where("status", "in", [literal("queued"), literal("assigned")]);
    const [only, ...others] = statuses;
    if (only !== undefined)
      query =
        others.length === 0 ? query.where("status", "=", only) : query.where("status", "in", [...statuses]);
    if (team !== undefined) query = query.where("team", "=", team);
    if (after !== undefined)
      query = query.where((eb) =>
        eb.or([
          eb("opened_at", ">", after.openedAt),
          eb.and([eb("opened_at", "=", after.openedAt), eb("cases.id", ">", after.id)]),
        ]),
      );
    return (yield* rows(statement(query))).map(fromRow);
  }

  /** Cases of this id or short form: one, none, or by rare chance several of one short form. */
  find(idOrRef: string): Promise<CaseRow[]> {
    const query = this.#cases()
      .where((eb) => eb.or([eb("cases.id", "=", idOrRef), eb("ref", "=", idOrRef)]))
      .limit(10);
    return this.#driver.readApart(function* () {
      return (yield* rows(statement(query))).map(fromRow);
    });
  }

  history(caseId: string): Promise<CaseEvent[]> {
    const query = this.#db
      .selectFrom("case_events")
      .select(["at", "type", "agent", "key", "body"])
      .where("case_id", "=", caseId)
      .orderBy("seq")
      .orderBy("n");
    return this.#driver.readApart(function* () {
      const found = yield* rows(statement(query));
      return found.map((row) => ({ ...row, body: eventBodies.parse(row.body) }));
    });
  }

  /** What was said around the case: some turns before it was opened, and the last ones since. Oldest first. */
  turns({ conversationId, openedSeq, closedAt }: CaseRow): Promise<LoggedTurn[]> {
    let query = this.#db
      .selectFrom("turns")
      .select(["id", "seq", "at", "record"])
      .where("conversation_id", "=", conversationId)
      .where("seq", ">=", openedSeq - turnsBefore)
      .orderBy("seq", "desc")
      .limit(mostTurns);
    if (closedAt !== null) query = query.where("at", "<=", closedAt);
    return this.#driver.readApart(function* () {
      const found = yield* rows(statement(query));
      return found.map(({ id, seq, at, record }) => ({ id, seq, at, ...records.parse(record) })).reverse();
    });
  }

  /** The activity that stands in a conversation under this external id, as it was accepted. */
  activityOf(conversationId: string, externalId: string): Promise<Json | undefined> {
    const query = this.#db
      .selectFrom(allIntake(this.#db))
      .select("body")
      .where("conversation_id", "=", conversationId)
      .where("external_id", "=", externalId);
    return this.#driver.readApart(function* () {
      const [found] = yield* rows(statement(query));
      return found === undefined ? undefined : new StoredJson<Json>().parse(found.body);
    });
  }
}
