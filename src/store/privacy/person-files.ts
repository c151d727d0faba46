import type { Kysely } from "kysely";
import type { Json } from "../../basics/activity.ts";
import { openJson, type Vault } from "../../basics/masking/vault.ts";
import { isoTime } from "../../basics/time.ts";
import type { SqlDriver } from "../sql/driver.ts";
import { allIntake } from "../sql/intake.ts";
import type { Schema } from "../sql/schema.ts";
import { rows, statement, type Statement } from "../sql/statement.ts";
import { StoredJson } from "../sql/stored-json.ts";
import type { FoundConversation } from "./person-finder.ts";

const json = new StoredJson<Json>();
const vaults = new StoredJson<Vault>();

/** Writes everything held on a person into files that people and programs can read: RA 10173, sections 16(c) and 18. */
export class PersonFiles {
  readonly #db: Kysely<Schema>;
  readonly #driver: Pick<SqlDriver, "readApart">;

  constructor(db: Kysely<Schema>, driver: Pick<SqlDriver, "readApart">) {
    this.#db = db;
    this.#driver = driver;
  }

  async #all<Row>(query: Statement<Row>): Promise<readonly Row[]> {
    return this.#driver.readApart(function* () {
      return yield* rows(query);
    });
  }

  /** One conversation: its file `NAME.json` with values in the place of their placeholders, and the files sent in it. */
  async write(
    found: FoundConversation,
    name: string,
    put: (file: string, content: string | Uint8Array) => void,
  ): Promise<void> {
    const db = this.#db;
    const { id } = found;
    const of = <Table extends "turns" | "outbox" | "transcript" | "uploads" | "cases">(table: Table) =>
      db.selectFrom<Table>(table);
    const [row] = await this.#all(
      statement(db.selectFrom("conversations").select(["vault", "state"]).where("id", "=", id)),
    );
    const vault = vaults.parse(row?.vault ?? "{}");
    const opened = (text: string): Json => openJson(json.parse(text), vault);
    const turns = await this.#all(
      statement(of("turns").selectAll().where("conversation_id", "=", id).orderBy("seq")),
    );
    const intake = await this.#all(
      statement(db.selectFrom(allIntake(db)).selectAll().where("conversation_id", "=", id).orderBy("id")),
    );
    const outbox = await this.#all(
      statement(of("outbox").selectAll().where("conversation_id", "=", id).orderBy("id")),
    );
    const transcript = await this.#all(
      statement(of("transcript").selectAll().where("conversation_id", "=", id).orderBy("seq")),
    );
    const cases = await this.#all(statement(of("cases").selectAll().where("conversation_id", "=", id)));
    const uploads = await this.#all(statement(of("uploads").selectAll().where("conversation_id", "=", id)));
    const { channel, account, contact, createdAt, updatedAt } = found;
    const document = {
      ...{ channel, account, contact, since: isoTime(createdAt), last: isoTime(updatedAt) },
      values: vault,
      remembered: opened(row?.state ?? "{}"),
      turns: turns.map(({ at, trigger, outcome, record }) => ({
        ...{ at: isoTime(at), trigger, outcome },
        record: opened(record),
      })),
      messages: intake.map((each) => ({
        receivedAt: isoTime(each.received_at),
        status: each.status,
        body: json.parse(each.body),
      })),
      sent: outbox.map((each) => ({
        at: isoTime(each.created_at),
        status: each.status,
        body: opened(each.body),
      })),
      history: transcript.map(({ body }) => json.parse(body)),
      cases: cases.map(({ ref, team, status, reason, opened_at: openedAt, card }) => ({
        ...{ ref, team, status, reason, openedAt: isoTime(openedAt) },
        card: opened(card),
      })),
      files: uploads.map(({ name: called, content_type: contentType }, n) => ({
        ...{ name: called, contentType },
        file: fileName(name, n, called),
      })),
    };
    put(`${name}.json`, `${JSON.stringify(document, undefined, 2)}\n`);
    for (const [n, upload] of uploads.entries())
      put(fileName(name, n, upload.name), await this.#bytesOf(upload.id));
  }

  async #bytesOf(uploadId: string): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for (;;) {
      const [piece] = await this.#all(
        statement(
          this.#db
            .selectFrom("upload_pieces")
            .select("bytes")
            .where("upload_id", "=", uploadId)
            .where("n", "=", pieces.length),
        ),
      );
      if (piece === undefined) return Buffer.concat(pieces);
      pieces.push(piece.bytes);
    }
  }
}

/** A customer named the file: only plain letters of its name become part of a path. */
function fileName(conversation: string, n: number, called: string): string {
  const plain = called
    .replaceAll(/[^\w.-]+/gu, "-")
    .replace(/^[.-]+/u, "")
    .slice(-80);
  return `${conversation}-file-${String(n + 1)}${plain === "" ? "" : `-${plain}`}`;
}
