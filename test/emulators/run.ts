/**
 * Emulates a provider, with a page to type as the customer:
 *
 *     npm run emulate messenger                                    then start the program with the lines it prints
 *     npm run emulate messenger -- --program http://localhost:3978
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { startMessenger } from "./messenger/start-messenger.ts";
import type { RunningEmulator } from "./running-emulator.ts";
import { startTelegram } from "./telegram/start-telegram.ts";
import { startSms } from "./twilio/start-sms.ts";

/** Each takes the address of the webhook and the port of its API. */
const emulators: Readonly<Record<string, (webhook: string, port: number) => Promise<RunningEmulator>>> = {
  messenger: startMessenger,
  sms: startSms,
  telegram: startTelegram,
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    program: { type: "string", default: "http://localhost:3978" },
    port: { type: "string", default: "3980" },
    page: { type: "string", default: "3979" },
  },
});
const [name = ""] = positionals;
const start = emulators[name];
if (start === undefined) {
  process.stderr.write(`Which one? ${Object.keys(emulators).join(", ")}\n`);
  process.exit(2);
}
const emulator = await start(`${values.program}/webhooks/${name}`, Number(values.port));
const asked = z.object({ text: z.string(), payload: z.string().optional() });
const customer = "5001";

const page = createServer((request, response) => {
  const json = (body: unknown) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
  if (request.method === "GET" && request.url === "/heard") {
    json({ heard: emulator.heard(customer), breaches: emulator.breaches() });
  } else if (request.method === "POST") {
    let text = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    request.on("end", () => {
      const said = asked.parse(JSON.parse(text));
      const sent =
        said.payload === undefined
          ? emulator.say(customer, said.text)
          : emulator.tap(customer, said.text, said.payload);
      void sent.then((status) => {
        json({ status });
      });
    });
  } else {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(readFileSync(join(import.meta.dirname, "page.html")));
  }
});
page.listen(Number(values.page), "127.0.0.1", () => {
  const lines = Object.entries(emulator.env).map(([variable, value]) => `${variable}=${value}`);
  process.stdout.write(
    `Type as the customer: http://localhost:${values.page}\n\nStart the program with:\n\n${lines.join(" \\\n")} \\\nnpm start\n`,
  );
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(0));
