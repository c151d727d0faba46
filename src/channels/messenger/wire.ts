import { z } from "zod";

/* What Meta sends, read forgivingly: a field of another form than expected counts as absent, so that one odd field
 * never costs the rest of a batch (Messenger Platform: webhook event reference). What events come in, and the event that
 * most of them are, is read by hand in envelope.ts. */

/** Ids as Meta makes them. Anything else could not be stored or sent back. */
export const idForm = /^[\x21-\x7e]{1,500}$/u;
const maybe = <T>(schema: z.ZodType<T>) => schema.optional().catch(undefined);
const id = z.union([z.string(), z.number().transform(String)]).pipe(z.string().regex(idForm));
const text = z.string();
/** The last time that a `Date` can hold, epoch ms (ECMA-262, Time Values and Time Range). */
export const lastTime = 8.64e15;
const time = z.number().int().min(0).max(lastTime);
const someone = maybe(z.object({ id: maybe(id) }));
const list = <T>(schema: z.ZodType<T>) =>
  z.array(z.unknown()).transform((items) =>
    items.flatMap((item) => {
      const read = schema.safeParse(item);
      return read.success ? [read.data] : [];
    }),
  );

const referral = z.object({ ref: maybe(text), source: maybe(text), type: maybe(text), ad_id: maybe(id) });
const control = z.object({ new_owner_app_id: maybe(id), previous_owner_app_id: maybe(id) });

const message = z.object({
  mid: maybe(id),
  text: maybe(text),
  quick_reply: maybe(z.object({ payload: maybe(text) })),
  attachments: maybe(
    list(
      z.object({
        type: text,
        payload: maybe(
          z.object({
            url: maybe(text),
            title: maybe(text),
            sticker_id: maybe(id),
            coordinates: maybe(z.object({ lat: z.number(), long: z.number() })),
          }),
        ),
      }),
    ),
  ),
  is_echo: maybe(z.boolean()),
  app_id: maybe(id),
  metadata: maybe(text),
  referral: maybe(referral),
});

/** One event. Which it is, is told by the key that is there. */
const wireEvent = z.object({
  sender: someone,
  recipient: someone,
  timestamp: maybe(time),
  message: maybe(message),
  postback: maybe(
    z.object({ mid: maybe(id), title: maybe(text), payload: maybe(text), referral: maybe(referral) }),
  ),
  referral: maybe(referral),
  delivery: maybe(z.object({ mids: maybe(list(id)), watermark: maybe(time) })),
  read: maybe(z.object({ watermark: maybe(time) })),
  reaction: maybe(
    z.object({ mid: maybe(id), action: maybe(text), emoji: maybe(text), reaction: maybe(text) }),
  ),
  message_edit: maybe(z.object({ mid: maybe(id), text: maybe(text), num_edit: maybe(time) })),
  optin: maybe(z.object({ type: maybe(text), ref: maybe(text), payload: maybe(text) })),
  account_linking: maybe(z.object({ status: maybe(text) })),
  policy_enforcement: maybe(z.object({ action: maybe(text), reason: maybe(text) })),
  pass_thread_control: maybe(control),
  take_thread_control: maybe(control),
  request_thread_control: maybe(z.object({ requested_owner_app_id: maybe(id) })),
  app_roles: maybe(z.record(z.string(), z.unknown())),
});
export type WireEvent = z.output<typeof wireEvent>;

/** Undefined for what is no event at all. */
export function readWireEvent(given: unknown): WireEvent | undefined {
  return wireEvent.safeParse(given).data;
}

export const wireChange = z.object({
  field: text,
  value: maybe(
    z.object({
      item: maybe(text),
      verb: maybe(text),
      comment_id: maybe(id),
      message: maybe(text),
      from: someone,
      /** Seconds. */
      created_time: maybe(time),
    }),
  ),
});
