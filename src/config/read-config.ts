import { join } from "node:path";
import { z } from "zod";
import { KumustaError } from "../basics/errors.ts";
import { providerNeeds, variables, type VariableName } from "./variables.ts";

const environment = z.object({
  PORT: variables.PORT.schema,
  HOST: variables.HOST.schema,
  DATA_DIR: variables.DATA_DIR.schema,
  DATABASE_URL: variables.DATABASE_URL.schema,
  CONTENT_DIR: variables.CONTENT_DIR.schema,
  PUBLIC_URL: variables.PUBLIC_URL.schema,
  TRUSTED_PROXIES: variables.TRUSTED_PROXIES.schema,
  LOG_LEVEL: variables.LOG_LEVEL.schema,
  RECOGNIZER: variables.RECOGNIZER.schema,
  BURST_QUIET_MS: variables.BURST_QUIET_MS.schema,
  DIRECTLINE_SECRET: variables.DIRECTLINE_SECRET.schema,
  WIDGET_ORIGINS: variables.WIDGET_ORIGINS.schema,
  WIDGET_IDENTITY_SECRET: variables.WIDGET_IDENTITY_SECRET.schema,
  ACTIONS_URL: variables.ACTIONS_URL.schema,
  ACTIONS_SECRET: variables.ACTIONS_SECRET.schema,
  MESSENGER_APP_ID: variables.MESSENGER_APP_ID.schema,
  MESSENGER_APP_SECRET: variables.MESSENGER_APP_SECRET.schema,
  MESSENGER_PAGE_ID: variables.MESSENGER_PAGE_ID.schema,
  MESSENGER_PAGE_TOKEN: variables.MESSENGER_PAGE_TOKEN.schema,
  MESSENGER_VERIFY_TOKEN: variables.MESSENGER_VERIFY_TOKEN.schema,
  MESSENGER_API_URL: variables.MESSENGER_API_URL.schema,
  GRAPH_VERSION: variables.GRAPH_VERSION.schema,
  TWILIO_ACCOUNT_SID: variables.TWILIO_ACCOUNT_SID.schema,
  TWILIO_AUTH_TOKEN: variables.TWILIO_AUTH_TOKEN.schema,
  TWILIO_FROM: variables.TWILIO_FROM.schema,
  TWILIO_API_URL: variables.TWILIO_API_URL.schema,
  SMS_MOST_PARTS: variables.SMS_MOST_PARTS.schema,
  SMS_QUIET_HOURS: variables.SMS_QUIET_HOURS.schema,
  TELEGRAM_BOT_TOKEN: variables.TELEGRAM_BOT_TOKEN.schema,
  TELEGRAM_SECRET: variables.TELEGRAM_SECRET.schema,
  TELEGRAM_API_URL: variables.TELEGRAM_API_URL.schema,
  RETAIN_INTAKE_DAYS: variables.RETAIN_INTAKE_DAYS.schema,
  RETAIN_OUTBOX_DAYS: variables.RETAIN_OUTBOX_DAYS.schema,
  RETAIN_UPLOADS_DAYS: variables.RETAIN_UPLOADS_DAYS.schema,
  RETAIN_TRANSCRIPT_DAYS: variables.RETAIN_TRANSCRIPT_DAYS.schema,
  RETAIN_TEXT_DAYS: variables.RETAIN_TEXT_DAYS.schema,
  RETAIN_CONTACTS_DAYS: variables.RETAIN_CONTACTS_DAYS.schema,
} satisfies Record<VariableName, z.ZodType>);

/** The configuration, read once at start and passed as a parameter. */
export interface Config {
  readonly port: number;
  readonly host: string | undefined;
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly contentDir: string;
  readonly publicUrl: string | undefined;
  readonly trustedProxies: number;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
  readonly recognizer: "linear" | "node-nlp";
  readonly burstQuietMs: number;
  readonly directLineSecret: string | undefined;
  readonly widgetOrigins: readonly string[];
  readonly widgetIdentitySecret: string | undefined;
  /** Where the business answers actions, and the key that signs what is asked; undefined where none is set. */
  readonly actions: { readonly url: string; readonly secret: string } | undefined;
  /** Absent where Messenger is off. */
  readonly messenger: MessengerConfig | undefined;
  /** Absent where text messages are off. */
  readonly sms: SmsConfig | undefined;
  /** Absent where Telegram is off. */
  readonly telegram: TelegramConfig | undefined;
  /** Days after which each kind of data is removed; undefined: never. */
  readonly retention: RetentionDays;
  /** The value of a variable that dialogs/channels.yaml names, undefined where it is not set. */
  readonly named: (variable: string) => string | undefined;
}

export interface MessengerConfig {
  readonly appId: string | undefined;
  readonly appSecret: string;
  readonly verifyToken: string;
  readonly pageId: string;
  readonly pageToken: string;
  /** Without a slash at the end. */
  readonly apiUrl: string;
  readonly graphVersion: string;
}

/** Minutes after midnight in the business's time zone. From later to earlier: over midnight. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

export interface SmsConfig {
  readonly accountSid: string;
  /** Signs what Twilio sends us, opens what we send it. Never logged. */
  readonly authToken: string;
  /** Number (+63…) or Messaging Service SID (MG…) that texts go out from. */
  readonly from: string;
  readonly apiUrl: string;
  /** Where Twilio reaches this server. Its signatures are over this address, whatever stands in between. */
  readonly publicUrl: string;
  /** Text messages that one reply may take. */
  readonly mostParts: number;
  /** When the bot begins nothing by itself; undefined: it may at any hour. */
  readonly quietHours: QuietHours | undefined;
}

export interface RetentionDays {
  readonly intake: number | undefined;
  readonly outbox: number | undefined;
  readonly uploads: number | undefined;
  readonly transcript: number | undefined;
  readonly text: number | undefined;
  readonly contacts: number | undefined;
}

export interface TelegramConfig {
  readonly token: string;
  readonly secret: string | undefined;
  readonly apiUrl: string;
}

/**
 * Reads the whole configuration. A variable set to nothing counts as unset.
 * @throws KumustaError `config.invalid` with every fault at once: names of variables, never their values
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = environment.safeParse(set);
  const issues = parsed.error?.issues ?? [];
  const faults = [
    ...issues.map((issue) => `${issue.path.join(".")} ${nameless(issue)}`),
    ...Object.entries(providerNeeds).flatMap(([provider, needs]) => halfConfigured(provider, needs, set)),
    ...(set["TWILIO_ACCOUNT_SID"] !== undefined && set["PUBLIC_URL"] === undefined
      ? ["PUBLIC_URL is missing: Twilio signs the address that it calls"]
      : []),
  ];
  if (!parsed.success || faults.length > 0) throw new KumustaError("config.invalid", faults);
  const read = parsed.data;
  const actions = bothOrNone(read.ACTIONS_URL, read.ACTIONS_SECRET);
  return {
    port: read.PORT,
    host: read.HOST,
    dataDir: read.DATA_DIR,
    databaseUrl: read.DATABASE_URL ?? `file:${join(read.DATA_DIR, "kumusta.db")}`,
    contentDir: read.CONTENT_DIR,
    publicUrl: read.PUBLIC_URL?.replace(/\/+$/u, ""),
    trustedProxies: read.TRUSTED_PROXIES,
    logLevel: read.LOG_LEVEL,
    recognizer: read.RECOGNIZER,
    burstQuietMs: read.BURST_QUIET_MS,
    directLineSecret: read.DIRECTLINE_SECRET,
    widgetOrigins: read.WIDGET_ORIGINS,
    widgetIdentitySecret: read.WIDGET_IDENTITY_SECRET,
    actions,
    messenger: messengerOf(read),
    sms: smsOf(read),
    telegram:
      read.TELEGRAM_BOT_TOKEN === undefined
        ? undefined
        : {
            token: read.TELEGRAM_BOT_TOKEN,
            secret: read.TELEGRAM_SECRET,
            apiUrl: read.TELEGRAM_API_URL.replace(/\/+$/u, ""),
          },
    retention: {
      intake: read.RETAIN_INTAKE_DAYS,
      outbox: read.RETAIN_OUTBOX_DAYS,
      uploads: read.RETAIN_UPLOADS_DAYS,
      transcript: read.RETAIN_TRANSCRIPT_DAYS,
      text: read.RETAIN_TEXT_DAYS,
      contacts: read.RETAIN_CONTACTS_DAYS,
    },
    named: (variable) => set[variable],
  };
}

/** Half a configuration is a mistake that would otherwise show when a customer waits. */
function bothOrNone(url: string | undefined, secret: string | undefined): Config["actions"] {
  if (url === undefined && secret === undefined) return undefined;
  if (url === undefined || secret === undefined)
    throw new KumustaError("config.invalid", [
      `${url === undefined ? "ACTIONS_URL" : "ACTIONS_SECRET"} is missing: ACTIONS_URL and ACTIONS_SECRET go together`,
    ]);
  return { url, secret };
}

function messengerOf(read: z.output<typeof environment>): MessengerConfig | undefined {
  const {
    MESSENGER_APP_SECRET: appSecret,
    MESSENGER_VERIFY_TOKEN: verifyToken,
    MESSENGER_PAGE_ID: pageId,
    MESSENGER_PAGE_TOKEN: pageToken,
  } = read;
  if (appSecret === undefined || verifyToken === undefined) return undefined;
  if (pageId === undefined || pageToken === undefined) return undefined;
  return {
    appId: read.MESSENGER_APP_ID,
    appSecret,
    verifyToken,
    pageId,
    pageToken,
    apiUrl: read.MESSENGER_API_URL.replace(/\/+$/u, ""),
    graphVersion: read.GRAPH_VERSION,
  };
}

function smsOf(read: z.output<typeof environment>): SmsConfig | undefined {
  const {
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_FROM: from,
    PUBLIC_URL: publicUrl,
  } = read;
  if (accountSid === undefined || authToken === undefined) return undefined;
  if (from === undefined || publicUrl === undefined) return undefined;
  return {
    accountSid,
    authToken,
    from,
    apiUrl: read.TWILIO_API_URL,
    publicUrl: publicUrl.replace(/\/+$/u, ""),
    mostParts: read.SMS_MOST_PARTS,
    quietHours: read.SMS_QUIET_HOURS,
  };
}

/** Names what is missing of a provider of which something is set. */
function halfConfigured(
  provider: string,
  needs: readonly VariableName[],
  set: Readonly<Record<string, string | undefined>>,
): string[] {
  const missing = needs.filter((name) => set[name] === undefined);
  if (missing.length === 0 || missing.length === needs.length) return [];
  return missing.map((name) => `${name} is missing: ${provider} needs it, or none of ${needs.join(", ")}`);
}

/** What is wrong without the value that was given: it may be a secret in the wrong place. */
function nameless(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value") return `must be one of ${issue.values.map(String).join(", ")}`;
  return issue.message;
}
