import { watch, type FSWatcher } from "node:fs";
import { join } from "node:path";
import { reasonOf } from "../basics/errors.ts";
import type { Clock } from "../basics/time.ts";
import type { Content } from "../content/content.ts";
import { faultLine } from "../content/fault.ts";
import { checkedContent, contentOrThrow } from "../content/load-content.ts";
import { ContentReader } from "../content/read-content-files.ts";
import { openRecognizer, type OpenOptions, type RecognizerKind } from "../recognition/open-recognizer.ts";
import type { TrainedRecognizer } from "../recognition/trained-recognizer.ts";
import type { LiveState } from "./live-state.ts";
import { trainingSetOf } from "./training-set-of.ts";

export interface LivePairOptions {
  /** Folder that holds intents/ and dialogs/. */
  readonly contentDir: string;
  readonly recognizer: RecognizerKind;
  readonly modelFile: string | undefined;
  readonly clock: Clock;
  readonly onTraining?: OpenOptions["onProgress"];
  /** Why a model file is not used. */
  readonly onNotice: (sentence: string) => void;
  /** An edit is live: turns that begin now use it. */
  readonly onLive: (version: string) => void;
  /** An edit is not taken, and why, each fault with file and line. What served before goes on. */
  readonly onRefused: (faults: readonly string[]) => void;
}

interface Pair {
  readonly content: Content;
  readonly recognizer: TrainedRecognizer;
}

/** Editors save in several steps: look when it has been quiet for so long, ms. */
const quietMs = 200;

/**
 * The content and the model trained on it, swapped only together and only when the content has no fault. While a new
 * model trains on its thread the old pair serves; a turn that holds the old pair finishes on it.
 */
export class LivePair {
  readonly #options: LivePairOptions;
  readonly #reader: ContentReader;
  readonly #watchers: FSWatcher[] = [];
  #pair: Pair;
  #state: LiveState;
  /** Served before; turns in hand may still hold it. Closed at the swap after next. */
  #before: Pair | undefined;
  #soon: NodeJS.Timeout | undefined;
  #reloading: Promise<void> = Promise.resolve();
  #closed = false;

  /** @throws KumustaError `content.invalid` with every fault */
  static async open(options: LivePairOptions): Promise<LivePair> {
    const reader = new ContentReader(options.contentDir);
    const content = contentOrThrow(checkedContent(reader.read()));
    return new LivePair(options, reader, { content, recognizer: await train(options, content) });
  }

  private constructor(options: LivePairOptions, reader: ContentReader, pair: Pair) {
    this.#options = options;
    this.#reader = reader;
    this.#pair = pair;
    this.#state = this.#served();
  }

  /** The pair that serves now. */
  get current(): Pair {
    return this.#pair;
  }

  /** How the content stands, for the maintainer. */
  get state(): LiveState {
    return this.#state;
  }

  #served(): LiveState {
    return {
      version: this.#pair.content.version,
      liveSince: this.#options.clock.now(),
      learning: false,
    };
  }

  #refuse(faults: readonly string[]): void {
    const { version, liveSince } = this.#state;
    this.#state = {
      version,
      liveSince,
      learning: false,
      refused: { at: this.#options.clock.now(), faults },
    };
    this.#options.onRefused(faults);
  }

  /** Takes edits up from now on. */
  watch(): void {
    for (const part of ["intents", "dialogs"]) {
      const watcher = watch(join(this.#options.contentDir, part), { recursive: true }, (_event, file) => {
        // Conversation tests lie beside what they test and are no part of it.
        if (file?.endsWith(".test.yaml") === true) return;
        clearTimeout(this.#soon);
        this.#soon = setTimeout(() => {
          this.#reloading = this.#reloading.then(() => this.#reload());
        }, quietMs);
      });
      // A folder that is moved away while we run: what serves goes on.
      watcher.on("error", (thrown) => {
        this.#refuse([reasonOf(thrown)]);
      });
      this.#watchers.push(watcher);
    }
  }

  /** Never throws: an edit that cannot be taken changes nothing. */
  async #reload(): Promise<void> {
    if (this.#closed) return;
    const { onLive } = this.#options;
    try {
      const result = checkedContent(this.#reader.read());
      if ("faults" in result) {
        this.#refuse(result.faults.map(faultLine));
        return;
      }
      const { content } = result;
      const { version, liveSince } = this.#state;
      const edited = content.version !== version;
      // Undone is mended too: what was refused is gone.
      this.#state = { version, liveSince, learning: edited };
      if (!edited) return;
      const recognizer = await train(this.#options, content);
      await this.#before?.recognizer.close();
      this.#before = this.#pair;
      this.#pair = { content, recognizer };
      this.#state = this.#served();
      onLive(content.version);
    } catch (thrown) {
      this.#refuse([reasonOf(thrown)]);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#soon);
    for (const watcher of this.#watchers) watcher.close();
    await this.#reloading;
    await this.#before?.recognizer.close();
    await this.#pair.recognizer.close();
  }
}

function train(options: LivePairOptions, content: Content): Promise<TrainedRecognizer> {
  return openRecognizer(options.recognizer, {
    trainingSet: trainingSetOf(content),
    clock: options.clock,
    modelFile: options.modelFile,
    onNotice: options.onNotice,
    onProgress: options.onTraining,
  });
}
