import type { RunningEmulator } from "../running-emulator.ts";
import { TwilioEmulator } from "./twilio-emulator.ts";

/** Twilio alone, for people without an account there. Texts are told as delivered; STOP is the program's to confirm. */
export async function startSms(webhook: string, port: number): Promise<RunningEmulator> {
  const program = new URL(webhook).origin;
  const twilio = new TwilioEmulator({ publicUrl: program });
  twilio.target = program;
  twilio.statuses = () => [{ status: "sent" }, { status: "delivered" }];
  await twilio.start(port);
  const phoneOf = (customer: string) => `+63917${customer.padStart(7, "0")}`;
  const say = async (customer: string, body: string) =>
    (await twilio.text({ from: phoneOf(customer), body })).at(-1) ?? 0;
  return {
    env: twilio.environment(),
    say,
    // A text message has no buttons: whoever "taps" types the words.
    tap: (customer, title) => say(customer, title),
    heard: (customer) => twilio.to(phoneOf(customer)).map((text) => ({ text, choices: [] })),
    breaches: () => twilio.breaches,
    stop: () => twilio.close(),
  };
}
