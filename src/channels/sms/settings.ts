/** The channel's name in every address. */
export const channelName = "sms";

export const webhookPath = "/webhooks/sms";
export const statusPath = "/webhooks/sms/status";

/** A Messaging Service instead of a number (Twilio: SIDs of services begin with MG). */
export function isMessagingService(account: string): boolean {
  return account.startsWith("MG");
}
