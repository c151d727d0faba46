import type { Kysely } from "kysely";
import { KumustaError } from "../../basics/errors.ts";
import type { Vault } from "../../basics/masking/vault.ts";
import type { SqlDriver } from "../sql/driver.ts";
import { allIntake } from "../sql/intake.ts";
import type { Schema } from "../sql/schema.ts";
import { rows, statement } from "../sql/statement.ts";
import { StoredJson } from "../sql/stored-json.ts";
import type { NamedPerson } from "./named-person.ts";

/** A conversation of the person, or one in which only a value of theirs was given. */
export interface FoundConversation {
  readonly id: string;
  readonly channel: string;
  readonly account: string;
  readonly contact: string;
  readonly contactId: string;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What is held of one conversation, counted. */
export interface HeldCounts {
  readonly turns: number;
  /** Raw messages not deleted yet, and how many of them wait to be handled. */
  readonly messages: number;
  readonly waiting: number;
  /** Replies and actions not deleted yet. */
  readonly replies: number;
  readonly transcriptLines: number;
  readonly uploads: number;
  readonly uploadBytes: number;
  readonly cases: number;
  readonly openCases: number;
  /** Values in the vault, by type. */
  readonly vault: Readonly<Record<string, number>>;
}

const vaults = new StoredJson<Vault>();
const pageSize = 500;
const columns = ["id", "channel", "account", "contact", "contact_id", "created_at", "updated_at"] as const;
type Row = Pick<Schema["conversations"], (typeof columns)[number]>;

const conversationsIn = (db: Kysely<Schema>) => db.selectFrom("conversations").select(columns);
type Query = ReturnType<typeof conversationsIn>;

function fromRow(row: Row): FoundConversation {
  const { id, channel, account, contact } = row;
  return {
    ...{ id, channel, account, contact, contactId: row.contact_id },
    ...{ createdAt: row.created_at, updatedAt: row.updated_at },
  };
}

/** Finds what the store holds on a person, apart from the message path. */
export class PersonFinder {
  readonly #db: Kysely<Schema>;
  readonly #driver: Pick<SqlDriver, "readApart">;

  constructor(db: Kysely<Schema>, driver: Pick<SqlDriver, "readApart">) {
    this.#db = db;
    this.#driver = driver;
  }

  /**
   * All conversations of the person, on every channel on which they have the same contact. Who is named by a
   * conversation or a case is the customer of it: their other conversations are found too.
   */
  async conversations(person: NamedPerson): Promise<FoundConversation[]> {
    const direct = await this.#conversationsWhere((query) =>
      query.where((eb) =>
        eb.or([
          eb("contact", "in", [...person.contacts]),
          eb("id", "=", person.text),
          eb.and([eb("channel", "=", "webchat"), eb("external_id", "=", person.text)]),
          eb("id", "in", (of) =>
            of
              .selectFrom("cases")
              .select("conversation_id")
              .where((ce) => ce.or([ce("id", "=", person.text), ce("ref", "=", person.text)])),
          ),
        ]),
      ),
    );
    // Once erased, a conversation is nobody's.
    const named = direct.filter(({ contact }) => contact !== "");
    if (named.length === 0) return [];
    const contacts = [...new Set(named.map(({ contact }) => contact))];
    const contactIds = [...new Set(named.map(({ contactId }) => contactId))];
    const all = await this.#conversationsWhere((query) =>
      query.where((eb) => eb.or([eb("contact", "in", contacts), eb("contact_id", "in", contactIds)])),
    );
    return all.filter(({ contact }) => contact !== "");
  }

  /**
   * The same for what is done to one person alone: a bare id may be one customer's on a channel and another's in the shop.
   * @throws KumustaError `person.ambiguous`
   */
  async conversationsOfOne(person: NamedPerson): Promise<FoundConversation[]> {
    const found = await this.conversations(person);
    const contacts = new Set(found.map(({ contact }) => contact));
    if (contacts.size > 1)
      throw new KumustaError("person.ambiguous", [
        [...contacts].map((contact) => contact.slice(0, contact.indexOf(":"))).join(", "),
      ]);
    return found;
  }

  #conversationsWhere(narrowed: (query: Query) => Query): Promise<FoundConversation[]> {
    const query = statement(narrowed(conversationsIn(this.#db)).orderBy("id"));
    return this.#driver.readApart(function* () {
      return (yield* rows(query)).map(fromRow);
    });
  }

  /**
   * Conversations in whose vault a value of the person stands, whoever had them: walks through all conversations.
   * @param onProgress conversations looked at so far, of about so many
   */
  async givenIn(
    person: NamedPerson,
    onProgress: (done: number, total: number) => void = () => undefined,
  ): Promise<{ readonly conversation: FoundConversation; readonly values: readonly string[] }[]> {
    const total = await this.#count("conversations");
    const found: { conversation: FoundConversation; values: string[] }[] = [];
    let done = 0;
    for (let after = ""; ;) {
      const query = statement(
        this.#db
          .selectFrom("conversations")
          .select([...columns, "vault"])
          .where("id", ">", after)
          .orderBy("id")
          .limit(pageSize),
      );
      const page = await this.#driver.readApart(function* () {
        return [...(yield* rows(query))];
      });
      for (const row of page) {
        if (row.vault === "{}") continue;
        const values = Object.entries(vaults.parse(row.vault))
          .filter(([, value]) => person.matches(value))
          .map(([placeholder]) => placeholder);
        if (values.length > 0) found.push({ conversation: fromRow(row), values });
      }
      done += page.length;
      onProgress(done, Math.max(total, done));
      const last = page.at(-1);
      if (last === undefined || page.length < pageSize) return found;
      after = last.id;
    }
  }

  async held(id: string): Promise<HeldCounts> {
    const db = this.#db;
    const messages = statement(
      db
        .selectFrom(allIntake(db))
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .where("conversation_id", "=", id),
    );
    const total = (table: "turns" | "outbox" | "transcript") =>
      statement(
        db
          .selectFrom(table)
          .select((eb) => eb.fn.countAll<number>().as("n"))
          .where("conversation_id", "=", id),
      );
    const waiting = statement(
      db
        .selectFrom("intake")
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .where("conversation_id", "=", id)
        .where("status", "=", "pending"),
    );
    const uploads = statement(db.selectFrom("uploads").select("bytes").where("conversation_id", "=", id));
    const cases = statement(db.selectFrom("cases").select("status").where("conversation_id", "=", id));
    const vault = statement(db.selectFrom("conversations").select("vault").where("id", "=", id));
    return this.#driver.readApart(function* () {
      const files = yield* rows(uploads);
      const statuses = yield* rows(cases);
      const types: Record<string, number> = {};
      for (const placeholder of Object.keys(vaults.parse((yield* rows(vault))[0]?.vault ?? "{}"))) {
        const type = /^‹(\w+):/u.exec(placeholder)?.[1] ?? "other";
        types[type] = (types[type] ?? 0) + 1;
      }
      return {
        turns: (yield* rows(total("turns")))[0]?.n ?? 0,
        messages: (yield* rows(messages))[0]?.n ?? 0,
        waiting: (yield* rows(waiting))[0]?.n ?? 0,
        replies: (yield* rows(total("outbox")))[0]?.n ?? 0,
        transcriptLines: (yield* rows(total("transcript")))[0]?.n ?? 0,
        uploads: files.length,
        uploadBytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
        cases: statuses.length,
        openCases: statuses.filter(({ status }) => status === "queued" || status === "assigned").length,
        vault: types,
      };
    });
  }

  async #count(table: "conversations"): Promise<number> {
    const query = statement(this.#db.selectFrom(table).select((eb) => eb.fn.countAll<number>().as("n")));
    return this.#driver.readApart(function* () {
      return (yield* rows(query))[0]?.n ?? 0;
    });
  }
}
