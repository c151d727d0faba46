import { z } from "zod";

/* The part of Telegram's Update that we read (Bot API, "Getting updates"). Fields that we do not know are let be. */

/** Ids may have up to 52 significant bits (Bot API, "Chat"): safe as JavaScript numbers, kept as text from here on. */
const id = z.int();
const chat = z.object({ id, type: z.string() });
const user = z.object({
  id,
  is_bot: z.boolean().default(false),
  language_code: z.string().max(35).optional(),
});
const file = z.object({
  file_id: z.string().max(300),
  file_name: z.string().max(300).optional(),
  mime_type: z.string().max(200).optional(),
});

const message = z.object({
  message_id: id,
  /** Seconds since 1970. */
  date: z.int().nonnegative(),
  chat,
  from: user.optional(),
  text: z.string().max(20_000).optional(),
  caption: z.string().max(20_000).optional(),
  photo: z.array(file).max(20).optional(),
  document: file.optional(),
  voice: file.optional(),
  audio: file.optional(),
  video: file.optional(),
  video_note: file.optional(),
  sticker: file.extend({ emoji: z.string().max(50).optional() }).optional(),
  location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  contact: z.object({ phone_number: z.string().max(50) }).optional(),
});

export const updateSchema = z.object({
  update_id: id,
  message: message.optional(),
  edited_message: z.object({ chat }).optional(),
  callback_query: z
    .object({
      id: z.string().max(200),
      from: user,
      message: z
        .object({
          message_id: id,
          chat,
          reply_markup: z
            .object({
              inline_keyboard: z.array(
                z.array(z.object({ text: z.string(), callback_data: z.string().optional() })),
              ),
            })
            .optional(),
        })
        .optional(),
      data: z.string().max(200).optional(),
    })
    .optional(),
  my_chat_member: z
    .object({ date: z.int().nonnegative(), chat, new_chat_member: z.object({ status: z.string() }) })
    .optional(),
});

export type Update = z.output<typeof updateSchema>;
export type Message = NonNullable<Update["message"]>;
