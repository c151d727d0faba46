import { z } from "zod";

/** One environment variable: what it takes, its default, and what the operator should know. */
export interface Variable {
  readonly schema: z.ZodType<unknown, string | undefined>;
  /** The default as it would be written; empty where unset means something of its own. */
  readonly example: string;
  readonly meaning: string;
  /** Never printed, not even in faults. */
  readonly secret?: true;
}

const wholeNumber = (least: number, most: number, byDefault: number) =>
  z
    .string()
    .regex(/^\d+$/u, "must be a whole number")
    .transform(Number)
    .pipe(
      z
        .number()
        .min(least, `must be at least ${String(least)}`)
        .max(most, `must be at most ${String(most)}`),
    )
    .default(byDefault);

const text = z.string().trim().min(1, "must not be empty");
const secret = text
  .min(16, "must have at least 16 characters")
  .regex(/^[\x21-\x7e]+$/u, "must be plain characters without spaces: it travels in a header");

const webAddress = text.refine((value) => {
  const url = URL.parse(value);
  return url !== null && (url.protocol === "https:" || url.protocol === "http:");
}, "must be a web address that begins with https:// or http://");

const origins = z
  .string()
  .transform((list) =>
    list
      .split(",")
      .map((origin) => origin.trim())
      .filter((origin) => origin !== ""),
  )
  .refine(
    (list) => list.every((origin) => URL.parse(origin)?.origin === origin),
    "must be origins such as https://shop.example, separated by commas, without paths",
  )
  .default([]);

const clockTime = String.raw`([01]\d|2[0-3]):([0-5]\d)`;
const quietHours = z
  .string()
  .regex(
    new RegExp(`^(?:none|${clockTime}-${clockTime})$`, "u"),
    "must be two times such as 21:00-08:00, or none",
  )
  .default("21:00-08:00")
  .transform((written) => {
    const [from = 0, fromMinute = 0, to = 0, toMinute = 0] = (written.match(/\d+/gu) ?? []).map(Number);
    return written === "none" ? undefined : { from: from * 60 + fromMinute, to: to * 60 + toMinute };
  });

const days = (byDefault: number) =>
  z
    .string()
    .regex(/^(?:never|[1-9]\d{0,4})$/u, "must be a whole number of days from 1 on, or never")
    .default(String(byDefault))
    .transform((written) => (written === "never" ? undefined : Number(written)));

const databaseUrl = text.refine(
  (value) =>
    value.startsWith("file:") || value.startsWith("postgres://") || value.startsWith("postgresql://"),
  "must begin with file: or postgres://",
);

const apiAddress = (byDefault: string) => webAddress.default(byDefault);
const identifier = text.regex(/^\d{1,32}$/u, "must be a number such as the provider shows it");
const token = text.regex(/^[\x21-\x7e]+$/u, "must be plain characters without spaces");

/** Every variable that the program reads. `.env.example` and docs/configuration.md are generated from this table. */
export const variables = {
  PORT: {
    schema: wholeNumber(0, 65_535, 3978),
    example: "3978",
    meaning: "Port of the web server. 0 takes a free one.",
  },
  HOST: {
    schema: text.optional(),
    example: "",
    meaning: "Address to listen on, for example 127.0.0.1. Unset: all of this machine's.",
  },
  DATA_DIR: {
    schema: text.default("./data"),
    example: "./data",
    meaning: "Folder for the database, the model and generated secrets.",
  },
  DATABASE_URL: {
    schema: databaseUrl.optional(),
    example: "",
    meaning:
      "file:PATH for SQLite, postgres://… for PostgreSQL. Unset: kumusta.db in DATA_DIR. file:PATH?max_page_count=N bounds the file to N pages of 4 KiB.",
    secret: true,
  },
  CONTENT_DIR: {
    schema: text.default("."),
    example: ".",
    meaning: "Folder that holds intents/ and dialogs/.",
  },
  PUBLIC_URL: {
    schema: webAddress.optional(),
    example: "",
    meaning:
      "Address under which customers and providers reach this server, for example https://chat.shop.example.",
  },
  TRUSTED_PROXIES: {
    schema: wholeNumber(0, 10, 0),
    example: "0",
    meaning: "How many proxies of yours stand in front: so many entries of X-Forwarded-For are believed.",
  },
  LOG_LEVEL: {
    schema: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
    example: "info",
    meaning: "debug, info, warn, error or silent.",
  },
  RECOGNIZER: {
    schema: z.enum(["linear", "node-nlp"]).default("linear"),
    example: "linear",
    meaning: "linear (ours) or node-nlp.",
  },
  BURST_QUIET_MS: {
    schema: wholeNumber(0, 10_000, 900),
    example: "900",
    meaning:
      "How long to wait for more words before answering, milliseconds. 0: each message is answered by itself.",
  },
  DIRECTLINE_SECRET: {
    schema: secret.optional(),
    example: "",
    meaning: "Master key of the Direct Line API. Unset: generated into DATA_DIR/directline-secret.",
    secret: true,
  },
  WIDGET_ORIGINS: {
    schema: origins,
    example: "",
    meaning:
      "Sites that may open chats, such as https://shop.example, separated by commas. This server's own pages always may.",
  },
  WIDGET_IDENTITY_SECRET: {
    schema: secret.optional(),
    example: "",
    meaning:
      "Key with which your site signs the id of its logged-in shopper (HMAC-SHA256). Unset: nobody is verified.",
    secret: true,
  },
  ACTIONS_URL: {
    schema: webAddress.optional(),
    example: "",
    meaning:
      "Address of your endpoint that flows call (docs/actions.md), for example https://shop.example/kumusta. Unset: the sample shop answers where nobody but you can write; nobody does once a channel, PUBLIC_URL or a proxy is set up.",
    secret: true,
  },
  ACTIONS_SECRET: {
    schema: secret.optional(),
    example: "",
    meaning: "Key with which requests to ACTIONS_URL are signed (HMAC-SHA256). Needed with ACTIONS_URL.",
    secret: true,
  },
  MESSENGER_APP_ID: {
    schema: identifier.optional(),
    example: "",
    meaning: "Facebook app: its ID. Unset: doctor cannot look at permissions and subscriptions of the app.",
  },
  MESSENGER_APP_SECRET: {
    schema: token.optional(),
    example: "",
    meaning: "Facebook app: its secret. Requests of Messenger are signed with it.",
    secret: true,
  },
  MESSENGER_PAGE_ID: {
    schema: identifier.optional(),
    example: "",
    meaning: "Facebook page that customers write to. More pages: dialogs/channels.yaml.",
  },
  MESSENGER_PAGE_TOKEN: {
    schema: token.optional(),
    example: "",
    meaning: "Access token of that page.",
    secret: true,
  },
  MESSENGER_VERIFY_TOKEN: {
    schema: token.optional(),
    example: "",
    meaning: "A word of your choice: entered again where the app's webhook is set up.",
    secret: true,
  },
  MESSENGER_API_URL: {
    schema: apiAddress("https://graph.facebook.com"),
    example: "https://graph.facebook.com",
    meaning: "Address of the Graph API, without its version.",
  },
  GRAPH_VERSION: {
    schema: text.regex(/^v\d{1,3}\.\d$/u, "must look like v26.0").default("v26.0"),
    example: "v26.0",
    meaning: "Version of the Graph API.",
  },
  TWILIO_ACCOUNT_SID: {
    schema: text.regex(/^AC[0-9a-f]{32}$/iu, "must be AC and 32 more letters and digits").optional(),
    example: "",
    meaning:
      "Text messages: your Twilio account (src/channels/sms/README.md). Unset: the channel is off. Needs PUBLIC_URL.",
  },
  TWILIO_AUTH_TOKEN: {
    schema: secret.optional(),
    example: "",
    meaning: "Auth token of that account: it signs what Twilio sends here and opens what is sent there.",
    secret: true,
  },
  TWILIO_FROM: {
    schema: text
      .regex(
        /^(?:\+[1-9]\d{6,14}|MG[0-9a-f]{32})$/iu,
        "must be a number such as +639170000001, or a Messaging Service SID",
      )
      .optional(),
    example: "",
    meaning: "Number (+63…) or Messaging Service SID (MG…) that text messages go out from.",
  },
  TWILIO_API_URL: {
    schema: webAddress.default("https://api.twilio.com"),
    example: "https://api.twilio.com",
    meaning: "Address of Twilio's REST API; a test names an emulator here.",
  },
  SMS_MOST_PARTS: {
    schema: wholeNumber(1, 10, 3),
    example: "3",
    meaning:
      "Text messages that one reply may take. What is longer ends with a link that goes on in web chat.",
  },
  SMS_QUIET_HOURS: {
    schema: quietHours,
    example: "21:00-08:00",
    meaning:
      "When the bot begins nothing by itself on text messages, in the time zone of dialogs/teams.yaml. It answers at any hour. none: no quiet hours.",
  },
  TELEGRAM_BOT_TOKEN: {
    schema: text
      .regex(/^\d+:[A-Za-z0-9_-]{20,}$/u, "must be as BotFather gave it: a number, a colon, a key")
      .optional(),
    example: "",
    meaning:
      "Telegram: your bot's token (src/channels/telegram/README.md). Unset: the channel is off. Without PUBLIC_URL the bot asks Telegram for messages itself.",
    secret: true,
  },
  TELEGRAM_SECRET: {
    schema: text.regex(/^[A-Za-z0-9_-]{16,256}$/u, "must be 16 to 256 letters, digits, _ and -").optional(),
    example: "",
    meaning: "What Telegram sends along with each message, to prove itself. Unset: derived from the token.",
    secret: true,
  },
  TELEGRAM_API_URL: {
    schema: webAddress.default("https://api.telegram.org"),
    example: "https://api.telegram.org",
    meaning: "Address of Telegram's Bot API; a test names an emulator here.",
  },
  RETAIN_INTAKE_DAYS: {
    schema: days(30),
    example: "30",
    meaning:
      "Days after which a handled message is deleted as it came in (docs/privacy.md). never: kept until erased.",
  },
  RETAIN_OUTBOX_DAYS: {
    schema: days(30),
    example: "30",
    meaning: "Days after which sent replies and actions are deleted, or never.",
  },
  RETAIN_UPLOADS_DAYS: {
    schema: days(90),
    example: "90",
    meaning: "Days after which files that customers sent in web chat are deleted, or never.",
  },
  RETAIN_TRANSCRIPT_DAYS: {
    schema: days(180),
    example: "180",
    meaning: "Days of silence after which a web chat's history is deleted, or never.",
  },
  RETAIN_TEXT_DAYS: {
    schema: days(365),
    example: "365",
    meaning:
      "Days after which the words of a turn are deleted, and of silence after which a conversation's values are. What is counted stays. Or never.",
  },
  RETAIN_CONTACTS_DAYS: {
    schema: days(730),
    example: "730",
    meaning: "Days of silence after which a customer is erased as if they had asked for it, or never.",
  },
} as const satisfies Record<string, Variable>;

export type VariableName = keyof typeof variables;

/**
 * What each provider's channel needs: all of it, or none and the channel is off. Half of it is an error that names
 * the rest.
 */
export const providerNeeds = {
  messenger: ["MESSENGER_APP_SECRET", "MESSENGER_VERIFY_TOKEN", "MESSENGER_PAGE_ID", "MESSENGER_PAGE_TOKEN"],
  sms: ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM"],
} as const satisfies Record<string, readonly VariableName[]>;
