import type { JsonObject } from "../../basics/activity.ts";
import type { ClientSocket } from "../http-port.ts";
import type { LiveLines, LiveRun } from "./live-lines.ts";
import { wireActivity } from "./outgoing-activity.ts";
import type { TranscriptLine } from "../../turn/ports.ts";
import type { WebchatConversation, WebchatStore } from "./ports.ts";

/** Lines in one frame while history is replayed. */
const pageLines = 100;
/** Internal error, RFC 6455 §7.4.1: the client reconnects with its watermark. */
const internalError = 1011;

interface Options {
  readonly socket: ClientSocket;
  readonly store: Pick<WebchatStore, "lastSeq" | "linesAfter">;
  readonly live: LiveLines;
  readonly conversation: WebchatConversation;
  /** How the client addresses us, for addresses in what we send. */
  readonly base: string;
  /** Position of the last line that the client has; undefined: everything from now on. */
  readonly after: number | undefined;
  /** The client has the history that was: from now on it looks on. */
  readonly onCaughtUp: () => void;
  readonly onFault: (thrown: unknown) => void;
}

/**
 * One client's stream: the lines after its watermark, then each new one, in order, none missing and none twice.
 * It listens before it reads, and reads whenever a line arrives that is not the next one.
 */
export class Stream {
  readonly #options: Options;
  #last = 0;
  /** The highest position that we heard of while reading. */
  #heard = 0;
  /** How often we heard of any. */
  #hints = 0;
  #reading = true;
  #closed = false;

  constructor(options: Options) {
    const { socket, live, conversation } = options;
    this.#options = options;
    const unsubscribe = live.subscribe(conversation.rowId, {
      onRun: (run) => {
        this.#take(run);
      },
      onLonger: (seq) => {
        this.#catchUp(seq);
      },
      onPassing: (activity) => {
        this.#pass(activity);
      },
      // The client connects again, to what stands under its address then.
      onGone: () => {
        socket.close(internalError, "begin again");
      },
    });
    socket.onClose(() => {
      this.#closed = true;
      unsubscribe();
    });
    void this.#begin();
  }

  async #begin(): Promise<void> {
    const { after, store, conversation } = this.#options;
    await this.#read(async () => {
      const newest = await store.lastSeq(conversation.rowId);
      // A watermark from before a restored backup may lie beyond what we have.
      this.#last = Math.min(after ?? newest, newest);
    });
    if (!this.#closed) this.#options.onCaughtUp();
  }

  #take(run: LiveRun): void {
    if (!this.#reading && run.first === this.#last + 1) {
      this.#last = run.last;
      this.#options.socket.send(run.frame(this.#options.conversation.id, this.#options.base));
    } else this.#catchUp(run.last);
  }

  /** There are lines up to this position, which may be read. */
  #catchUp(seq: number): void {
    if (seq <= this.#last) return;
    this.#heard = Math.max(this.#heard, seq);
    this.#hints += 1;
    if (!this.#reading) void this.#read(() => Promise.resolve());
  }

  #pass(activity: (conversation: string) => JsonObject): void {
    this.#options.socket.send(JSON.stringify({ activities: [activity(this.#options.conversation.id)] }));
  }

  /** Sends what the transcript has beyond our position until it has all that we heard of. */
  async #read(prepare: () => Promise<void>): Promise<void> {
    const { socket, store, conversation, onFault } = this.#options;
    this.#reading = true;
    try {
      await prepare();
      // The first frame tells the position even when there is nothing to say: a client that never got one would
      // reconnect without, and miss what came between.
      for (let isFirst = true; !this.#closed; isFirst = false) {
        const hints = this.#hints;
        const lines = await store.linesAfter(conversation.rowId, this.#last, pageLines);
        this.#last = lines.at(-1)?.seq ?? this.#last;
        if (isFirst || lines.length > 0) await this.#sendPage(lines);
        if (lines.length < pageLines && this.#heard <= this.#last) break;
        // What was only supposed, or was erased meanwhile, is not waited for; what we heard of since we looked is there.
        if (lines.length === 0 && hints === this.#hints) break;
      }
      this.#heard = this.#last;
      this.#reading = false;
    } catch (thrown) {
      onFault(thrown);
      socket.close(internalError, "try again");
    }
  }

  /** Resolves when the network took it: a long history is not piled up for a slow client. */
  #sendPage(lines: readonly TranscriptLine[]): Promise<void> {
    const { socket, conversation, base } = this.#options;
    const activities = lines.map((line) => wireActivity(line, conversation.id, base));
    return new Promise((resolve) => {
      socket.send(JSON.stringify({ activities, watermark: String(this.#last) }), resolve);
    });
  }
}
