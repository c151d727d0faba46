/** The channel's name in every address. */
export const channelName = "sms";

export interface SmsSettings {
  readonly accountSid: string;
  /** Signs what Twilio sends us, opens what we send it. Never logged. */
  readonly authToken: string;
  /** Number (+63…) or Messaging Service SID (MG…) that texts go out from. */
  readonly from: string;
  /** Address of Twilio's REST API; tests name an emulator here. */
  readonly apiUrl: string;
  /** Where Twilio reaches this server. Its signatures are over this address, whatever stands in between. */
  readonly publicUrl: string;
  /** Text messages that one reply may take. */
  readonly mostParts: number;
  /** When the bot begins nothing by itself; undefined: it may at any hour. */
  readonly quietHours: QuietHours | undefined;
}

/** Minutes after midnight in the business's time zone. From later to earlier: over midnight. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

export const webhookPath = "/webhooks/sms";
export const statusPath = "/webhooks/sms/status";

/** A Messaging Service instead of a number (Twilio: SIDs of services begin with MG). */
export function isMessagingService(account: string): boolean {
  return account.startsWith("MG");
}
