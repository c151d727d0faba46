import { existsSync } from "node:fs";
import { basename, extname } from "node:path";
import type { AgentActivity, InboundActivity, QuickReply } from "../../basics/activity.ts";
import { newId } from "../../basics/ids.ts";
import { isoTime } from "../../basics/time.ts";
import { debugLines, replyLines } from "./chat-lines.ts";
import type { RehearsalClock } from "./rehearsal-clock.ts";
import type { Rehearsal } from "./rehearsal.ts";
import type { RehearsedTurn } from "./watched-store.ts";

export interface ChatOptions {
  readonly channel: string;
  readonly locale: string | undefined;
  readonly debug: boolean;
  readonly print: (line: string) => void;
}

export const chatHelp = [
  "/tap 2        tap the second button of the last reply",
  "/attach FILE  send a picture, voice note or file (by its name only; nothing is read)",
  "/wait 25h     let time pass: 30s, 20m, 25h, 7d",
  "/agent TEXT   answer as a person of the team; /take, /return and /close do the rest",
  "/quit         end",
].join("\n");

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const types: Readonly<Record<string, string>> = {
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".png": "image/png",
  ".webp": "image/webp",
  ".gif": "image/gif",
  ".pdf": "application/pdf",
  ".ogg": "audio/ogg",
  ".m4a": "audio/mp4",
  ".mp3": "audio/mpeg",
  ".mp4": "video/mp4",
  ".txt": "text/plain",
};
const agentActs: Readonly<Record<string, AgentActivity["op"]>> = {
  "/agent": "reply",
  "/take": "assign",
  "/return": "return",
  "/close": "close",
};
/** Who answers as the agent. */
const agentName = "Ana";

/** One customer at a terminal. */
export class ChatSession {
  readonly #options: ChatOptions;
  readonly #id = newId();
  #rehearsal: Rehearsal | undefined;
  #clock: RehearsalClock | undefined;
  #buttons: readonly QuickReply[] = [];

  constructor(options: ChatOptions) {
    this.#options = options;
  }

  /** Prints what a turn came to. Given to the rehearsal as its listener. */
  readonly show = (turn: RehearsedTurn): void => {
    const { channel, debug, print } = this.#options;
    for (const reply of turn.commit.turn.replies) {
      for (const line of replyLines(reply, channel === "sms")) print(line);
      this.#buttons = reply.quickReplies ?? [];
    }
    if (debug) for (const line of debugLines(turn)) print(line);
  };

  async begin(rehearsal: Rehearsal, clock: RehearsalClock): Promise<void> {
    this.#rehearsal = rehearsal;
    this.#clock = clock;
    await rehearsal.begin({ id: this.#id, channel: this.#options.channel });
  }

  /** One line of the customer's. False when it asks for the end. */
  async hear(line: string): Promise<boolean> {
    const [word = "", ...rest] = line.trim().split(" ");
    const argument = rest.join(" ").trim();
    const op = agentActs[word];
    if (word === "/quit") return false;
    if (word === "/help") this.#options.print(chatHelp);
    else if (word === "/wait") await this.#wait(argument);
    else if (word === "/tap") await this.#tap(argument);
    else if (word === "/attach") await this.#attach(argument);
    else if (op !== undefined) await this.#agent(op, argument);
    else if (/^\/[a-z]+$/u.test(word)) this.#options.print(`There is no ${word}.\n${chatHelp}`);
    else if (line.trim() !== "") await this.#happens({ type: "message", text: line, ...this.#now() });
    return true;
  }

  #now(): { sentAt: number; locale?: string } {
    const { locale } = this.#options;
    return { sentAt: this.#clock?.now() ?? 0, ...(locale === undefined ? {} : { locale }) };
  }

  async #happens(activity: InboundActivity): Promise<void> {
    await this.#rehearsal?.happens(this.#id, activity);
    for (const failure of this.#rehearsal?.failures() ?? []) this.#options.print(`failed: ${failure}`);
  }

  async #wait(span: string): Promise<void> {
    const [, count = "", unit = ""] = /^(\d+)\s*([smhd])$/u.exec(span) ?? [];
    const ms = Number(count) * (units[unit] ?? 0);
    if (ms === 0) {
      this.#options.print("Write how long: /wait 30s, 20m, 25h or 7d.");
      return;
    }
    await this.#rehearsal?.wait(this.#id, ms);
    this.#options.print(`(it is ${isoTime(this.#clock?.now() ?? 0)} now)`);
  }

  async #tap(which: string): Promise<void> {
    const button = this.#buttons[Number(which) - 1] ?? this.#buttons.find(({ title }) => title === which);
    if (button === undefined) {
      this.#options.print(`There is no such button. The last reply has ${String(this.#buttons.length)}.`);
      return;
    }
    await this.#happens({ type: "choice", text: button.title, payload: button.payload, ...this.#now() });
  }

  async #attach(file: string): Promise<void> {
    if (!existsSync(file)) {
      this.#options.print(`There is no file ${file}.`);
      return;
    }
    const name = basename(file);
    const contentType = types[extname(file).toLowerCase()] ?? "application/octet-stream";
    const attachments = [{ contentType, name, contentUrl: `/uploads/${encodeURIComponent(name)}` }];
    await this.#happens({ type: "message", text: "", attachments, ...this.#now() });
  }

  async #agent(op: AgentActivity["op"], text: string): Promise<void> {
    const state = await this.#rehearsal?.stateOf(this.#id);
    const caseId = state?.cases?.at(-1)?.id;
    if (caseId === undefined) {
      this.#options.print("There is no case yet: ask for a person first.");
      return;
    }
    const words = text === "" ? {} : { text };
    await this.#happens({
      type: "agent",
      agent: agentName,
      caseId,
      op,
      key: newId(),
      ...words,
      ...this.#now(),
    });
  }
}
