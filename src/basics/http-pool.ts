import type { Dispatcher, Pool } from "undici";

/** What a call says beside the origin, as undici takes it. */
type HttpCall = Omit<Dispatcher.RequestOptions, "origin">;

/** What came back, its body still to be read. */
export type HttpAnswer = Dispatcher.ResponseData;

/**
 * Connections to one origin that stay open: three times cheaper than a new one each time. undici is loaded by the first
 * call: a shop with web chat alone needs none of its 5 MB.
 */
export class HttpPool {
  readonly #origin: string;
  readonly #options: Pool.Options;
  #opened: Promise<Pool> | undefined;

  constructor(origin: string, options: Pool.Options) {
    this.#origin = origin;
    this.#options = options;
  }

  #pool(): Promise<Pool> {
    this.#opened ??= import("undici").then(
      ({ Pool }) => new Pool(this.#origin, this.#options),
      (thrown: unknown) => {
        // Too many open files, say: the next call tries again.
        this.#opened = undefined;
        throw thrown;
      },
    );
    return this.#opened;
  }

  /** Rejects with undici's errors, or with the system's where undici could not be loaded: then nothing was sent. */
  async request(call: HttpCall): Promise<HttpAnswer> {
    return (await this.#pool()).request(call);
  }

  /** Lets go of the connections at once. */
  async close(): Promise<void> {
    await (await this.#pool()).destroy();
  }
}
