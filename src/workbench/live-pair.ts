import { reasonOf } from "../basics/errors.ts";
import type { Clock } from "../basics/time.ts";
import type { Content } from "../content/content.ts";
import { faultLine } from "../content/fault.ts";
import { checkedContent, contentOrThrow } from "../content/load-content.ts";
import { ContentReader } from "../content/read-content-files.ts";
import { ContentWatch } from "../content/watch-content.ts";
import {
  openRecognizer,
  quickRecognizer,
  type OpenOptions,
  type RecognizerKind,
} from "../recognition/open-recognizer.ts";
import type { TrainedRecognizer } from "../recognition/trained-recognizer.ts";
import { trainingSetHash, type TrainingSet } from "../recognition/training-set.ts";
import type { LiveState } from "./live-state.ts";
import { trainingSetOf } from "./training-set-of.ts";

export interface LivePairOptions {
  /** Folder that holds intents/ and dialogs/. */
  readonly contentDir: string;
  readonly recognizer: RecognizerKind;
  readonly modelFile: string | undefined;
  readonly clock: Clock;
  readonly onTraining?: OpenOptions["onProgress"];
  /** Why a model file is not used, or why a quick model stays. */
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

/** A pair, and the hash of the training set of both. */
interface TaughtPair extends Pair {
  readonly learnt: string;
}

/** Work on a thread that can be given up. */
interface Lesson {
  /** Version of the content it is for. */
  readonly version: string;
  readonly stop: AbortController;
  /** Never rejects. */
  readonly over: Promise<void>;
}

/** An edit is looked at when it has been quiet for so long, ms. */
const quietMs = 100;

/**
 * The content and a model trained on it, swapped only together and only when the content has no fault. An edit of
 * utterances is served by a quickly trained model first; the whole training goes on behind it, and its model takes the
 * place of the quick one, with the same content. While either trains on its thread what serves goes on; a turn that holds
 * the old pair finishes on it. The newest edit wins: trainings for older ones are given up.
 */
export class LivePair {
  readonly #options: LivePairOptions;
  readonly #reader: ContentReader;
  #watch: ContentWatch | undefined;
  #pair: TaughtPair;
  /**
   * The last pair with a model that was trained whole. Each quick training begins here, so that what serves depends on
   * the last edit alone, not on those between.
   */
  #whole: TaughtPair;
  #liveSince: number;
  #refused: LiveState["refused"];
  /** An edit on its way to be live. */
  #taking: Lesson | undefined;
  /** The whole training for what serves already. */
  #learning: Lesson | undefined;
  /** Recognizers that turns in hand may still hold. */
  readonly #open = new Set<TrainedRecognizer>();
  #closed = false;

  /** @throws KumustaError `content.invalid` with every fault */
  static async open(options: LivePairOptions): Promise<LivePair> {
    const reader = new ContentReader(options.contentDir);
    const content = contentOrThrow(checkedContent(reader.read()));
    const set = trainingSetOf(content);
    const learnt = await trainingSetHash(set);
    return new LivePair(options, reader, { content, recognizer: await trainWhole(options, set), learnt });
  }

  private constructor(options: LivePairOptions, reader: ContentReader, pair: TaughtPair) {
    this.#options = options;
    this.#reader = reader;
    this.#pair = pair;
    this.#whole = pair;
    this.#open.add(pair.recognizer);
    this.#liveSince = options.clock.now();
  }

  /** The pair that serves now. */
  get current(): Pair {
    return this.#pair;
  }

  /** How the content stands, for the maintainer. */
  get state(): LiveState {
    return {
      version: this.#pair.content.version,
      liveSince: this.#liveSince,
      pending: this.#taking !== undefined,
      learning: this.#learning !== undefined,
      ...(this.#refused === undefined ? {} : { refused: this.#refused }),
    };
  }

  #refuse(faults: readonly string[]): void {
    this.#refused = { at: this.#options.clock.now(), faults };
    this.#options.onRefused(faults);
  }

  /** Takes edits up from now on. */
  watch(): void {
    this.#watch = new ContentWatch({
      contentDir: this.#options.contentDir,
      quietMs,
      // Conversation tests lie beside what they test and are no part of it.
      matters: (file) => !file.endsWith(".test.yaml"),
      onChange: () => {
        this.#look();
      },
      onError: (thrown) => {
        this.#refuse([reasonOf(thrown)]);
      },
    });
  }

  /** An edit that cannot be taken changes nothing; one that can takes the place of the one that is being taken. */
  #look(): void {
    try {
      const result = checkedContent(this.#reader.read());
      if ("faults" in result) {
        this.#refuse(result.faults.map(faultLine));
        return;
      }
      const { content } = result;
      // Undone is mended too: what was refused is gone.
      this.#refused = undefined;
      const newest = this.#taking?.version ?? this.#pair.content.version;
      if (content.version === newest) return;
      const older = this.#taking;
      older?.stop.abort();
      const stop = new AbortController();
      const over = this.#take(content, stop.signal, older?.over);
      this.#taking = { version: content.version, stop, over };
    } catch (thrown) {
      this.#refuse([reasonOf(thrown)]);
    }
  }

  /** Never rejects. */
  async #take(content: Content, signal: AbortSignal, older: Promise<void> | undefined): Promise<void> {
    await older;
    try {
      // An edit that was undone while it was being taken has nothing to take.
      if (!signal.aborted && content.version !== this.#pair.content.version) {
        const set = trainingSetOf(content);
        const learnt = await trainingSetHash(set);
        const recognizer = await this.#teach(content, set, learnt, signal);
        signal.throwIfAborted();
        this.#liveSince = this.#options.clock.now();
        // The whole training of the same lines may have ended a moment ago.
        const whole = learnt === this.#whole.learnt ? this.#whole.recognizer : recognizer;
        await this.#swap({ content, recognizer: whole, learnt });
        this.#options.onLive(content.version);
      }
    } catch (thrown) {
      if (!signal.aborted) this.#refuse([reasonOf(thrown)]);
    } finally {
      // A newer edit has taken the place of one that was given up, and goes on from here.
      if (!signal.aborted) {
        this.#taking = undefined;
        this.#learnOn();
      }
    }
  }

  /** A recognizer for this content: one that is there, or a quick one, or where that cannot be a whole one. */
  async #teach(
    content: Content,
    set: TrainingSet,
    learnt: string,
    signal: AbortSignal,
  ): Promise<TrainedRecognizer> {
    if (learnt === this.#pair.learnt) return this.#pair.recognizer;
    this.#learning?.stop.abort();
    await this.#learning?.over;
    if (learnt === this.#whole.learnt) return this.#whole.recognizer;
    const { clock, onNotice } = this.#options;
    const options = { trainingSet: set, clock, onNotice, signal };
    const quick = await quickRecognizer(this.#whole.recognizer, trainingSetOf(this.#whole.content), options);
    if (quick !== undefined) return quick;
    const recognizer = await trainWhole(this.#options, set, signal);
    this.#open.add(recognizer);
    this.#whole = { content, recognizer, learnt };
    return recognizer;
  }

  /** Trains what serves whole if it is not. */
  #learnOn(): void {
    if (this.#closed || this.#learning !== undefined || this.#pair.recognizer === this.#whole.recognizer)
      return;
    const stop = new AbortController();
    const { content, learnt } = this.#pair;
    this.#learning = { version: content.version, stop, over: this.#learnWhole(content, learnt, stop.signal) };
  }

  /** Never rejects. */
  async #learnWhole(content: Content, learnt: string, signal: AbortSignal): Promise<void> {
    try {
      const recognizer = await trainWhole(this.#options, trainingSetOf(content), signal);
      this.#whole = { content, recognizer, learnt };
      // Words of dialogs may have been edited meanwhile: the model belongs to the newer content too.
      await this.#swap({ ...this.#pair, recognizer });
    } catch (thrown) {
      if (!signal.aborted)
        this.#options.onNotice(
          `Content version ${content.version} goes on with the model of its quick training, because the whole training failed: ${reasonOf(thrown)}. The next edit of intents/ or the next start trains again.`,
        );
    } finally {
      this.#learning = undefined;
    }
  }

  /** What served before stays open until the swap after this one: turns in hand may hold it. */
  async #swap(pair: TaughtPair): Promise<void> {
    const kept = new Set([pair.recognizer, this.#pair.recognizer, this.#whole.recognizer]);
    this.#pair = pair;
    this.#open.add(pair.recognizer);
    const retired = [...this.#open].filter((one) => !kept.has(one));
    for (const one of retired) this.#open.delete(one);
    await Promise.all(retired.map((one) => one.close()));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#watch?.close();
    this.#taking?.stop.abort();
    this.#learning?.stop.abort();
    await this.#taking?.over;
    await this.#learning?.over;
    await Promise.all([...this.#open].map((one) => one.close()));
  }
}

function trainWhole(
  options: LivePairOptions,
  trainingSet: TrainingSet,
  signal?: AbortSignal,
): Promise<TrainedRecognizer> {
  const { recognizer, clock, modelFile, onNotice, onTraining } = options;
  return openRecognizer(recognizer, {
    trainingSet,
    clock,
    modelFile,
    onNotice,
    onProgress: onTraining,
    signal,
  });
}
