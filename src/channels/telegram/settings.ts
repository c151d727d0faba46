import { createHash } from "node:crypto";
import type { Config } from "../../config/read-config.ts";
import type { ChannelsContent, TelegramContent } from "../../content/channels-schema.ts";

/** The channel's name in every address. */
export const channelName = "telegram";

export interface TelegramSettings {
  /** As BotFather gave it: the bot's number, a colon, a key. Never logged. */
  readonly token: string;
  /** The bot's own number: the account in every address. */
  readonly account: string;
  /** What Telegram shall send along with every update (1–256 of A-Z a-z 0-9 _ -). */
  readonly secret: string;
  /** Address of the Bot API. */
  readonly apiUrl: string;
  /** Where Telegram reaches this server; undefined: the bot asks Telegram for updates itself. */
  readonly publicUrl: string | undefined;
  readonly content: TelegramContent;
}

export const webhookPath = "/webhooks/telegram";

/** The kinds of update that we ask for; any other is Telegram's to keep. */
export const wantedUpdates = ["message", "edited_message", "callback_query", "my_chat_member"] as const;

/** Undefined where Telegram has no token and is off. */
export function telegramSettings(
  { telegram, publicUrl }: Pick<Config, "telegram" | "publicUrl">,
  { telegram: content }: ChannelsContent,
): TelegramSettings | undefined {
  if (telegram === undefined) return undefined;
  const { token, apiUrl } = telegram;
  return {
    token,
    account: token.split(":")[0] ?? "",
    // Nobody who does not hold the token can know it, and it is the same after each start.
    secret: telegram.secret ?? createHash("sha256").update(`kumusta webhook ${token}`).digest("base64url"),
    apiUrl,
    publicUrl,
    content,
  };
}
