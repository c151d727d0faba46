import { KumustaError } from "../../basics/errors.ts";
import type { Config } from "../../config/read-config.ts";
import type { ChannelsContent, MessengerContent } from "../../content/channels-schema.ts";

export const channelName = "messenger";
export const webhookPath = "/webhooks/messenger";

/** One page that customers write to: an account of the channel. */
export interface Page {
  readonly id: string;
  readonly token: string;
}

export interface MessengerSettings {
  /** Undefined where it is not told: then our own echoes are known by their metadata alone. */
  readonly appId: string | undefined;
  readonly appSecret: string;
  readonly verifyToken: string;
  readonly apiUrl: string;
  readonly graphVersion: string;
  readonly publicUrl: string | undefined;
  /** By page id. */
  readonly pages: ReadonlyMap<string, Page>;
  readonly routing: MessengerContent["routing"];
  readonly comments: MessengerContent["comments"];
}

/**
 * Joins the environment and dialogs/channels.yaml; undefined where Messenger has no credentials.
 * @throws KumustaError `config.invalid` naming every variable that channels.yaml names and nobody set
 */
export function messengerSettings(
  { messenger, named, publicUrl }: Pick<Config, "messenger" | "named" | "publicUrl">,
  { messenger: content }: ChannelsContent,
): MessengerSettings | undefined {
  if (messenger === undefined) return undefined;
  const pages = new Map([[messenger.pageId, { id: messenger.pageId, token: messenger.pageToken }]]);
  const faults: string[] = [];
  const valueOf = (variable: string): string => {
    const value = named(variable)?.trim();
    if (value === undefined) faults.push(`${variable} is missing: dialogs/channels.yaml names it`);
    return value ?? "";
  };
  for (const page of content.pages) {
    const id = valueOf(page.id);
    pages.set(id, { id, token: valueOf(page.token) });
  }
  if (faults.length > 0) throw new KumustaError("config.invalid", faults);
  return {
    appId: messenger.appId,
    appSecret: messenger.appSecret,
    verifyToken: messenger.verifyToken,
    apiUrl: messenger.apiUrl,
    graphVersion: messenger.graphVersion,
    publicUrl,
    pages,
    routing: content.routing,
    comments: content.comments,
  };
}
