import { z } from "zod";

/* What the Bot API takes of us, as strictly as Telegram: anything else is a breach and answered 400. */

const chatId = z.string().regex(/^-?\d+$/u);
const button = z.strictObject({
  text: z.string().min(1).max(64),
  callback_data: z
    .string()
    .refine((data) => Buffer.byteLength(data) >= 1 && Buffer.byteLength(data) <= 64, "BUTTON_DATA_INVALID"),
});

export const methods = {
  sendMessage: z.strictObject({
    chat_id: chatId,
    text: z.string().min(1, "message text is empty").max(4_096, "message is too long"),
    link_preview_options: z.strictObject({ is_disabled: z.boolean() }).optional(),
    reply_markup: z
      .strictObject({ inline_keyboard: z.array(z.array(button).min(1).max(8)).max(100) })
      .optional(),
  }),
  sendPhoto: z.strictObject({ chat_id: chatId, photo: z.url() }),
  sendDocument: z.strictObject({ chat_id: chatId, document: z.url() }),
  sendChatAction: z.strictObject({ chat_id: chatId, action: z.enum(["typing"]) }),
  answerCallbackQuery: z.strictObject({ callback_query_id: z.string() }),
  leaveChat: z.strictObject({ chat_id: chatId }),
  getUpdates: z.strictObject({
    offset: z.int(),
    timeout: z.int().min(0).max(50),
    allowed_updates: z.array(z.string()),
  }),
  setWebhook: z.strictObject({
    url: z.url(),
    secret_token: z.string().regex(/^[A-Za-z0-9_-]{1,256}$/u),
    allowed_updates: z.array(z.string()),
    max_connections: z.int().min(1).max(100),
  }),
  deleteWebhook: z.strictObject({}),
} as const;

export type Method = keyof typeof methods;

export function isMethod(name: string): name is Method {
  return name in methods;
}
