import WebSocket from "ws";
import { z } from "zod";
import { waitUntil } from "../wait-until.ts";

const frame = z.object({
  activities: z.array(z.object({ id: z.string(), type: z.string(), text: z.string().optional() })),
  watermark: z.string().optional(),
});

/** One open stream and every frame that came. */
export class StreamClient {
  readonly frames: z.infer<typeof frame>[] = [];
  readonly #socket: WebSocket;
  /** Status of the refusal, when the upgrade was refused. */
  refused: number | undefined;
  closedWith: number | undefined;

  constructor(streamUrl: string) {
    this.#socket = new WebSocket(streamUrl);
    this.#socket.on("message", (data: Buffer) => {
      const text = data.toString();
      // An empty one says that the line stands.
      if (text !== "") this.frames.push(frame.parse(JSON.parse(text)));
    });
    this.#socket.on("unexpected-response", (request, answer) => {
      this.refused = answer.statusCode;
      answer.resume();
      request.destroy();
    });
    this.#socket.on("close", (code) => {
      this.closedWith = code;
    });
    this.#socket.on("error", () => undefined);
  }

  send(text: string): void {
    this.#socket.send(text);
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Texts of the messages in the order in which they came. */
  get texts(): string[] {
    return this.frames.flatMap(({ activities }) =>
      activities.flatMap(({ type, text }) => (type === "message" ? [text ?? ""] : [])),
    );
  }

  async until(what: string, holds: () => boolean): Promise<void> {
    await waitUntil(`${what}; got ${JSON.stringify(this.texts)}`, holds);
  }

  end(): void {
    this.#socket.terminate();
  }
}
