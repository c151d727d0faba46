import { messengerProvider } from "./messenger/create-messenger.ts";
import type { Provider } from "./provider.ts";

/** Every provider that the program speaks to. A new channel is a folder, and a line here. */
export const providers: readonly Provider[] = [messengerProvider];
