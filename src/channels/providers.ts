import { messengerProvider } from "./messenger/create-messenger.ts";
import type { Provider } from "./provider.ts";
import { smsProvider } from "./sms/create-sms.ts";
import { telegramProvider } from "./telegram/create-telegram.ts";

/** Every provider that the program speaks to. A new channel is a folder, and a line here. */
export const providers: readonly Provider[] = [messengerProvider, smsProvider, telegramProvider];
