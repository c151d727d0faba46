import type { IncomingMessage } from "node:http";
import { KumustaError } from "../basics/errors.ts";

/** The most that all bodies being read may hold together, bytes: many large uploads at once must not fill the memory. */
const mostTogether = 96 * 1024 * 1024;
/** How much of a refused body is still read and thrown away, bytes, so that its sender sees the answer and no reset. */
const mostDiscarded = 16 * 1024 * 1024;

/** Reads request bodies whole, within a limit for each and one for all together. */
export class BodyReader {
  #held = 0;

  /**
   * The bytes of the body. After a refusal the rest is the caller's to `discard`; undefined when the client went away before the end.
   * @throws KumustaError `request.tooLarge` as soon as the limit is passed, declared or not; `engine.busy`
   */
  read(message: IncomingMessage, limit: number): Promise<Buffer | undefined> {
    const declared = Number(message.headers["content-length"] ?? 0);
    if (declared > limit) return Promise.reject(tooLarge(limit));
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let size = 0;
      // Told by a flag, not by taking the listeners off: that costs as much as all the rest of a small body.
      let over = false;
      const done = () => {
        over = true;
        this.#held -= size;
      };
      const refuse = (refusal: KumustaError) => {
        done();
        // What was read must not lie here until the rest has passed by.
        chunks.length = 0;
        reject(refusal);
      };
      message.on("data", (chunk: Buffer) => {
        if (over) return;
        size += chunk.length;
        this.#held += chunk.length;
        chunks.push(chunk);
        if (size > limit) refuse(tooLarge(limit));
        else if (this.#held > mostTogether)
          refuse(new KumustaError("engine.busy", ["too many uploads at once"], { retryAfterSeconds: 5 }));
      });
      message.on("end", () => {
        if (over) return;
        done();
        const [first] = chunks;
        resolve(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, size));
      });
      const gone = () => {
        if (over) return;
        done();
        resolve(undefined);
      };
      message.on("close", gone);
      message.on("error", gone);
    });
  }
}

function tooLarge(limit: number): KumustaError {
  return new KumustaError("request.tooLarge", [`at most ${String(limit)} bytes`]);
}

/** Lets a body that nobody wants pass by, up to a bound; then the connection ends. */
export function discard(message: IncomingMessage): void {
  let seen = 0;
  message.on("data", (chunk: Buffer) => {
    seen += chunk.length;
    if (seen > mostDiscarded) message.destroy();
  });
  message.on("error", () => undefined);
}
