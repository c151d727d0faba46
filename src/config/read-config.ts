import { join } from "node:path";
import { z } from "zod";
import { KumustaError } from "../basics/errors.ts";
import { variables, type VariableName } from "./variables.ts";

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
  /** Where the business answers actions, and the key that signs what is asked; undefined: the sample shop. */
  readonly actions: { readonly url: string; readonly secret: string } | undefined;
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
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${nameless(issue)}`);
    throw new KumustaError("config.invalid", faults);
  }
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

/** What is wrong without the value that was given: it may be a secret in the wrong place. */
function nameless(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value") return `must be one of ${issue.values.map(String).join(", ")}`;
  return issue.message;
}
