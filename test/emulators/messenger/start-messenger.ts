import type { RunningEmulator } from "../running-emulator.ts";
import { GraphEmulator } from "./graph-emulator.ts";

const page = "1001";
const pageToken = "EMULATED-PAGE-TOKEN";
const app = { appId: "7001", appSecret: "emulated-app-secret", verifyToken: "emulated-verify-token" };

/** The emulator by itself: a customer types on a page in a browser, the bot answers as it would on Messenger. */
export async function startMessenger(webhook: string, port: number): Promise<RunningEmulator> {
  const meta = await GraphEmulator.start({
    ...app,
    pages: { [page]: pageToken },
    webhook,
    port,
    echoes: "after",
  });
  return {
    env: {
      MESSENGER_APP_ID: app.appId,
      MESSENGER_APP_SECRET: app.appSecret,
      MESSENGER_VERIFY_TOKEN: app.verifyToken,
      MESSENGER_PAGE_ID: page,
      MESSENGER_PAGE_TOKEN: pageToken,
      MESSENGER_API_URL: meta.url,
    },
    say: (customer, text) => meta.post([meta.typed(page, customer, text)], page),
    tap: (customer, title, payload) => meta.post([meta.tapped(page, customer, title, payload)], page),
    heard: (customer) =>
      meta.delivered
        .filter(({ to }) => to === customer)
        .map(({ message }) => ({
          text: message.text ?? JSON.stringify(message.attachment),
          choices: (message.quick_replies ?? []).map(({ title, payload }) => ({ title, payload })),
        })),
    breaches: () => meta.breaches,
    stop: () => meta.stop(),
  };
}
