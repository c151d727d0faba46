import { DirectLine, ConnectionStatus, type Activity } from "botframework-directlinejs";
import WebSocket from "ws";
import xhr2 from "xhr2";
import { waitUntil } from "../wait-until.ts";
import { call, read } from "./call.ts";
import { directLineSecret } from "./program.ts";

/** XMLHttpRequest for Node that takes FormData, as every browser's does. */
class Xhr extends xhr2.XMLHttpRequest {
  override send(data?: unknown): void {
    if (!(data instanceof FormData)) {
      super.send(data);
      return;
    }
    const encoded = new Response(data);
    this.setRequestHeader("Content-Type", encoded.headers.get("content-type") ?? "");
    void encoded.arrayBuffer().then((bytes) => {
      super.send(bytes);
    });
  }
}

/** Gives Node what the official client expects of a browser, and returns how to take it away. */
export function installBrowserGlobals(): () => void {
  const { WebSocket: nodes } = globalThis;
  Object.assign(globalThis, { XMLHttpRequest: Xhr, WebSocket });
  return () => {
    Object.assign(globalThis, { WebSocket: nodes });
    Reflect.deleteProperty(globalThis, "XMLHttpRequest");
  };
}

/** The official client, unmodified, with everything that it told us. */
export class OfficialClient {
  readonly line: DirectLine;
  readonly activities: Activity[] = [];
  readonly statuses: ConnectionStatus[] = [];
  readonly errors: unknown[] = [];

  constructor(options: ConstructorParameters<typeof DirectLine>[0]) {
    this.line = new DirectLine(options);
    this.line.connectionStatus$.subscribe((status) => {
      this.statuses.push(status);
    });
    this.line.activity$.subscribe(
      (activity) => {
        this.activities.push(activity);
      },
      (error: unknown) => {
        this.errors.push(error);
      },
    );
  }

  get status(): ConnectionStatus | undefined {
    return this.statuses.at(-1);
  }

  /** What postActivity emits first: the activity's id, or the word `retry`; or the error it ends with. */
  post(activity: Activity): Promise<{ readonly id: string } | { readonly error: unknown }> {
    return new Promise((resolve) => {
      this.line.postActivity(activity).subscribe(
        (id: unknown) => resolve({ id: String(id) }),
        (error: unknown) => resolve({ error }),
      );
    });
  }

  say(text: string, clientActivityID: string) {
    return this.post({
      type: "message",
      text,
      from: { id: "whoever" },
      channelData: { clientActivityID, kept: { as: ["it", "is"] } },
    });
  }

  /** Texts of messages, the customer's and ours apart. */
  texts(role: "user" | "bot"): string[] {
    return this.activities.flatMap((activity) =>
      activity.type === "message" && activity.from.role === role ? [activity.text ?? ""] : [],
    );
  }

  async until(what: string, holds: () => boolean, limitMs?: number): Promise<void> {
    await waitUntil(
      `${what}; statuses ${this.statuses.join(" ")}, ${String(this.activities.length)} activities`,
      holds,
      limitMs,
    );
  }

  async online(): Promise<void> {
    await this.until("the client is online", () => this.status === ConnectionStatus.Online);
  }

  end(): void {
    this.line.end();
  }
}

/** A token for a conversation of its own, as a site's server asks for one. */
export async function generateToken(
  url: string,
  user?: { id: string; name?: string },
): Promise<{ conversationId: string; token: string }> {
  const body = user === undefined ? {} : { user };
  return read.token(
    await call(`${url}/v3/directline/tokens/generate`, { method: "POST", token: directLineSecret, body }),
  );
}
