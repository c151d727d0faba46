import { z } from "zod";

/* What Meta's documents demand of a call of the Send API, field by field, as an independent reading of them. */

const button = z.union([
  z.strictObject({
    type: z.literal("postback"),
    title: z.string().min(1).max(20),
    payload: z.string().min(1).max(1_000),
  }),
  z.strictObject({
    type: z.literal("web_url"),
    title: z.string().min(1).max(20),
    url: z.string().regex(/^https?:\/\//u),
  }),
]);

const template = z.discriminatedUnion("template_type", [
  z.strictObject({
    template_type: z.literal("button"),
    text: z.string().min(1).max(640),
    buttons: z.array(button).min(1).max(3),
  }),
  z.strictObject({
    template_type: z.literal("generic"),
    elements: z
      .array(
        z
          .strictObject({
            title: z.string().min(1).max(80),
            subtitle: z.string().min(1).max(80).optional(),
            image_url: z
              .string()
              .regex(/^https:\/\//u)
              .optional(),
            buttons: z.array(button).min(1).max(3).optional(),
          })
          .refine((element) => Object.keys(element).length > 1, "a title alone is no card"),
      )
      .min(1)
      .max(10),
  }),
]);

const attachment = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("template"), payload: template }),
  ...(["image", "audio", "video", "file"] as const).map((type) =>
    z.strictObject({
      type: z.literal(type),
      payload: z.strictObject({ url: z.string().regex(/^https:\/\//u), is_reusable: z.boolean().optional() }),
    }),
  ),
]);

const message = z
  .strictObject({
    text: z.string().min(1).max(2_000).optional(),
    attachment: attachment.optional(),
    quick_replies: z
      .array(
        z.strictObject({
          content_type: z.literal("text"),
          title: z.string().min(1).max(20),
          payload: z.string().min(1).max(1_000),
        }),
      )
      .min(1)
      .max(13)
      .optional(),
    metadata: z.string().max(1_000).optional(),
  })
  .refine(
    ({ text, attachment: file }) => (text === undefined) !== (file === undefined),
    "either text or attachment",
  );

const recipient = z.union([
  z.strictObject({ id: z.string().min(1) }),
  z.strictObject({ comment_id: z.string().min(1) }),
]);

/** A message, or a sign that must stand alone in its call. */
export const sendCall = z.union([
  z.strictObject({
    recipient,
    messaging_type: z.enum(["RESPONSE", "UPDATE", "MESSAGE_TAG"]),
    tag: z.string().optional(),
    message,
  }),
  z.strictObject({
    recipient: z.strictObject({ id: z.string().min(1) }),
    sender_action: z.enum(["typing_on", "typing_off", "mark_seen"]),
  }),
]);

export type SendCall = z.output<typeof sendCall>;
export type SentMessage = z.output<typeof message>;
