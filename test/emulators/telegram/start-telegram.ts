import type { RunningEmulator } from "../running-emulator.ts";
import { startTelegram as startBotApi } from "./telegram-emulator.ts";

const title = (button: unknown): string =>
  typeof button === "object" && button !== null && "text" in button ? String(button.text) : "";
const data = (button: unknown): string =>
  typeof button === "object" && button !== null && "callback_data" in button
    ? String(button.callback_data)
    : "";

/** The buttons under one of our messages, each with what it sends back. */
function choicesIn(markup: unknown): { title: string; payload: string }[] {
  if (typeof markup !== "object" || markup === null || !("inline_keyboard" in markup)) return [];
  const rows: unknown[] = Array.isArray(markup.inline_keyboard) ? markup.inline_keyboard : [];
  return rows.flat().map((button) => ({ title: title(button), payload: data(button) }));
}

/**
 * Telegram alone, for people without a bot there. The program asks for updates, as it does without a public address:
 * 200 means that Telegram keeps what was typed until then, also while no program runs.
 */
export async function startTelegram(_webhook: string, port: number): Promise<RunningEmulator> {
  const telegram = await startBotApi(port);
  return {
    env: { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_URL: telegram.url },
    say: (customer, text) => {
      telegram.updates.text(Number(customer), text);
      return Promise.resolve(200);
    },
    tap: (customer, words, payload) => {
      telegram.updates.tap(Number(customer), payload, words);
      return Promise.resolve(200);
    },
    heard: (customer) =>
      telegram.calls
        .filter(({ method, payload }) => method === "sendMessage" && payload["chat_id"] === customer)
        .map(({ payload }) => ({
          text: String(payload["text"]),
          choices: choicesIn(payload["reply_markup"]),
        })),
    breaches: () => telegram.breaches,
    stop: () => telegram.close(),
  };
}
