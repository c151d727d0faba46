import type { ActivitySet, ConversationAnswer, SessionAnswer } from "../../src/channels/webchat/protocol.ts";

/** Whether these members are there, as text. */
function hasTexts(value: unknown, ...names: readonly string[]): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    names.every((name) => typeof Reflect.get(value, name) === "string")
  );
}

function isSession(value: unknown): value is SessionAnswer {
  return hasTexts(value, "conversationId", "token", "resume", "userId", "botName");
}

function isConversation(value: unknown): value is ConversationAnswer {
  return hasTexts(value, "conversationId", "token", "streamUrl");
}

function isRefreshed(value: unknown): value is Pick<ConversationAnswer, "token"> {
  return hasTexts(value, "token");
}

function isActivitySet(value: unknown): value is ActivitySet {
  return (
    typeof value === "object" && value !== null && "activities" in value && Array.isArray(value.activities)
  );
}

function reader<T>(what: string, fits: (value: unknown) => value is T): (value: unknown) => T {
  return (value) => {
    if (fits(value)) return value;
    throw new TypeError(`The server's answer is no ${what}`);
  };
}

export const readSession = reader("session", isSession);
export const readConversation = reader("conversation", isConversation);
export const readRefreshed = reader("token", isRefreshed);
export const readActivities = reader("set of activities", isActivitySet);
