import type { Kysely } from "kysely";
import type { NewUpload, WebchatStore } from "../../channels/webchat/ports.ts";
import { accountName, channelName } from "../../channels/webchat/settings.ts";
import { Conversations } from "./conversations.ts";
import type { SqlDriver } from "./driver.ts";
import type { Schema } from "./schema.ts";
import { Transcript } from "./transcript.ts";
import { WebchatSessions } from "./webchat-sessions.ts";
import { WebchatUploads } from "./webchat-uploads.ts";

/** Web chat's port on any engine that drives scripts. */
export class SqlWebchatStore implements WebchatStore {
  readonly #driver: SqlDriver;
  readonly #conversations: Conversations;
  readonly #transcript: Transcript;
  readonly #sessions: WebchatSessions;
  readonly #uploads: WebchatUploads;

  constructor(db: Kysely<Schema>, driver: SqlDriver) {
    this.#driver = driver;
    this.#conversations = new Conversations(db);
    this.#transcript = new Transcript(db, undefined);
    this.#sessions = new WebchatSessions(db);
    this.#uploads = new WebchatUploads(db);
  }

  async findConversation(id: string) {
    const row = await this.#driver.read(() =>
      this.#conversations.find({ channel: channelName, account: accountName, conversation: id }),
    );
    return row === undefined ? undefined : { rowId: row.id, id, contact: row.contact };
  }

  linesAfter(rowId: string, seq: number, limit: number) {
    return this.#driver.read(() => this.#transcript.after(rowId, seq, limit));
  }

  lastSeq(rowId: string) {
    return this.#driver.read(() => this.#transcript.lastSeq(rowId));
  }

  addSession(rowId: string, userId: string, resumeHash: string, at: number) {
    return this.#driver.commit(() => this.#sessions.add(rowId, userId, resumeHash, at));
  }

  findSession(resumeHash: string) {
    return this.#driver.read(() => this.#sessions.find(resumeHash));
  }

  rotateSession(rowId: string, current: string, next: string, at: number) {
    return this.#driver.commit(() => this.#sessions.rotate(rowId, current, next, at));
  }

  /** Each piece is a commit of its own, so that messages pass between them; the upload exists with its last commit. */
  async addUpload(upload: NewUpload) {
    for (const piece of this.#uploads.piecesOf(upload))
      await this.#driver.commit(() => this.#uploads.addPiece(piece));
    await this.#driver.commit(() => this.#uploads.add(upload));
  }

  async findUpload(id: string) {
    const found = await this.#driver.read(() => this.#uploads.find(id));
    if (found === undefined) return undefined;
    const pieces: Uint8Array[] = [];
    for (;;) {
      const piece = await this.#driver.read(() => this.#uploads.piece(id, pieces.length));
      if (piece === undefined) break;
      pieces.push(piece);
    }
    return { ...found, bytes: Buffer.concat(pieces) };
  }

  dropUpload(id: string) {
    return this.#driver.commit(() => this.#uploads.drop(id));
  }
}
