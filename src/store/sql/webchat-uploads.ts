import type { Kysely } from "kysely";
import type { NewUpload } from "../../channels/webchat/ports.ts";
import type { Schema } from "./schema.ts";
import { argument, change, firstRow, statement, type Script } from "./statement.ts";

/** Bytes of one piece: small enough that writing it holds nobody up. */
const pieceBytes = 256 * 1024;

interface Piece {
  readonly uploadId: string;
  readonly n: number;
  readonly bytes: Uint8Array;
}

function statements(db: Kysely<Schema>) {
  const ofUpload = argument<string>("uploadId");
  return {
    insert: statement(
      db.insertInto("uploads").values({
        id: ofUpload,
        conversation_id: argument<string>("conversationId"),
        name: argument<string>("name"),
        content_type: argument<string>("contentType"),
        bytes: argument<number>("bytes"),
        created_at: argument<number>("at"),
      }),
    ),
    insertPiece: statement(
      db
        .insertInto("upload_pieces")
        .values({ upload_id: ofUpload, n: argument<number>("n"), bytes: argument<Uint8Array>("bytes") }),
    ),
    byId: statement(db.selectFrom("uploads").select(["name", "content_type"]).where("id", "=", ofUpload)),
    piece: statement(
      db
        .selectFrom("upload_pieces")
        .select("bytes")
        .where("upload_id", "=", ofUpload)
        .where("n", "=", argument<number>("n")),
    ),
    drop: statement(db.deleteFrom("uploads").where("id", "=", ofUpload)),
    dropPieces: statement(db.deleteFrom("upload_pieces").where("upload_id", "=", ofUpload)),
  };
}

/** Files of customers, in pieces. */
export class WebchatUploads {
  readonly #sql: ReturnType<typeof statements>;

  constructor(db: Kysely<Schema>) {
    this.#sql = statements(db);
  }

  *piecesOf({ id, bytes }: NewUpload): Generator<Piece> {
    for (let n = 0; n * pieceBytes < bytes.length; n += 1)
      yield { uploadId: id, n, bytes: bytes.subarray(n * pieceBytes, (n + 1) * pieceBytes) };
  }

  *addPiece({ uploadId, n, bytes }: Piece): Script<void> {
    yield* change(this.#sql.insertPiece, { uploadId, n, bytes });
  }

  *add({ id, rowId, name, contentType, bytes, at }: NewUpload): Script<void> {
    yield* change(this.#sql.insert, {
      uploadId: id,
      conversationId: rowId,
      name,
      contentType,
      bytes: bytes.length,
      at,
    });
  }

  *find(uploadId: string): Script<{ name: string; contentType: string } | undefined> {
    const row = yield* firstRow(this.#sql.byId, { uploadId });
    return row === undefined ? undefined : { name: row.name, contentType: row.content_type };
  }

  *piece(uploadId: string, n: number): Script<Uint8Array | undefined> {
    return (yield* firstRow(this.#sql.piece, { uploadId, n }))?.bytes;
  }

  *drop(uploadId: string): Script<void> {
    yield* change(this.#sql.drop, { uploadId });
    yield* change(this.#sql.dropPieces, { uploadId });
  }
}
