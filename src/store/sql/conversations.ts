import type { Kysely } from "kysely";
import type { ConversationAddress } from "../../basics/activity.ts";
import { emptyVault, type Vault } from "../../basics/masking/vault.ts";
import type { ConversationState } from "../../conversation/state.ts";
import { openState } from "../../turn/masking/map-state.ts";
import type { ConversationRow, NewConversation, TurnCommit } from "../../turn/ports.ts";
import type { ConversationsTable, Schema } from "./schema.ts";
import { argument, change, firstRow, literal, statement, type Script } from "./statement.ts";
import { StoredJson } from "./stored-json.ts";

const states = new StoredJson<ConversationState>();
const vaults = new StoredJson<Vault>();

function vaultIn(text: string): Vault {
  return text === "{}" ? emptyVault : vaults.parse(text);
}

function fromRow(row: ConversationsTable): ConversationRow {
  const vault = vaultIn(row.vault);
  return {
    id: row.id,
    address: { channel: row.channel, account: row.account, conversation: row.external_id },
    contact: row.contact,
    contactId: row.contact_id,
    version: row.version,
    state: openState(states.parse(row.state), vault),
    vault,
    lastHandledSentAt: row.last_handled_sent_at,
  };
}

function statements(db: Kysely<Schema>) {
  return {
    byAddress: statement(
      db
        .selectFrom("conversations")
        .selectAll()
        .where("channel", "=", argument<string>("channel"))
        .where("account", "=", argument<string>("account"))
        .where("external_id", "=", argument<string>("externalId")),
    ),
    byId: statement(db.selectFrom("conversations").selectAll().where("id", "=", argument<string>("id"))),
    insert: statement(
      db
        .insertInto("conversations")
        .values({
          id: argument<string>("id"),
          channel: argument<string>("channel"),
          account: argument<string>("account"),
          external_id: argument<string>("externalId"),
          contact: argument<string>("contact"),
          contact_id: argument<string>("contactId"),
          vault: literal("{}"),
          version: 0,
          state: argument<string>("state"),
          last_handled_sent_at: 0,
          created_at: argument<number>("at"),
          updated_at: argument<number>("at"),
        })
        .onConflict((conflict) => conflict.columns(["channel", "account", "external_id"]).doNothing()),
    ),
    contactId: statement(
      db
        .selectFrom("conversations")
        .select("contact_id")
        .where("channel", "=", argument<string>("channel"))
        .where("account", "=", argument<string>("account"))
        .where("contact", "=", argument<string>("contact"))
        .limit(1),
    ),
    advance: statement(
      db
        .updateTable("conversations")
        .set({
          version: argument<number>("seq"),
          state: argument<string>("state"),
          vault: argument<string>("vault"),
          last_handled_sent_at: argument<number>("sentAt"),
          updated_at: argument<number>("at"),
        })
        .where("id", "=", argument<string>("id"))
        .where("version", "=", argument<number>("before")),
    ),
  };
}

/** The lasting threads with their snapshots. */
export class Conversations {
  readonly #sql: ReturnType<typeof statements>;

  constructor(db: Kysely<Schema>) {
    this.#sql = statements(db);
  }

  *find(address: ConversationAddress): Script<ConversationRow | undefined> {
    const row = yield* firstRow(this.#sql.byAddress, {
      channel: address.channel,
      account: address.account,
      externalId: address.conversation,
    });
    return row === undefined ? undefined : fromRow(row);
  }

  *get(id: string): Script<ConversationRow | undefined> {
    const row = yield* firstRow(this.#sql.byId, { id });
    return row === undefined ? undefined : fromRow(row);
  }

  /** The unique address arbitrates a race: whoever comes second gets the conversation of the first. */
  *open(conversation: NewConversation): Script<ConversationRow> {
    const { channel, account, conversation: externalId } = conversation.address;
    const { id, contact } = conversation;
    const known = yield* firstRow(this.#sql.contactId, { channel, account, contact });
    yield* change(this.#sql.insert, {
      id,
      channel,
      account,
      externalId,
      contact,
      contactId: known?.contact_id ?? id,
      state: JSON.stringify(conversation.state),
      at: conversation.at,
    });
    const standing = yield* this.find(conversation.address);
    if (standing === undefined) throw new TypeError("A conversation that was just opened is gone");
    return standing;
  }

  /** Moves the conversation to the turn's version; false when another turn came first. */
  *advance(commit: TurnCommit): Script<boolean> {
    const changed = yield* change(this.#sql.advance, {
      id: commit.turn.conversationId,
      seq: commit.turn.seq,
      before: commit.turn.seq - 1,
      state: JSON.stringify(commit.state),
      vault: JSON.stringify(commit.vault),
      sentAt: Math.floor(commit.lastHandledSentAt),
      at: commit.turn.at,
    });
    return changed === 1;
  }
}
