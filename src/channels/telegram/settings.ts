/** The channel's name in every address. */
export const channelName = "telegram";

export interface TelegramSettings {
  /** As BotFather gave it: the bot's number, a colon, a key. Never logged. */
  readonly token: string;
  /** What Telegram shall send along with every update (1–256 of A-Z a-z 0-9 _ -). */
  readonly secret: string;
  /** Address of the Bot API; tests name an emulator here. */
  readonly apiUrl: string;
  /** Where Telegram reaches this server; undefined: the bot asks Telegram for updates itself. */
  readonly publicUrl: string | undefined;
}

/** The bot's own number stands before the colon of its token and names the account in every address. */
export function accountOf(token: string): string {
  return token.split(":")[0] ?? "";
}

export const webhookPath = "/webhooks/telegram";

/** The kinds of update that we ask for; any other is Telegram's to keep. */
export const wantedUpdates = ["message", "edited_message", "callback_query", "my_chat_member"] as const;
