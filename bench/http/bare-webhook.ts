/**
 * The floor of a webhook: restify, the raw bytes, one HMAC, 200. Nothing is read and nothing is kept.
 *
 *     node bench/http/bare-webhook.ts APP_SECRET
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import restify from "restify";

const [secret = ""] = process.argv.slice(2);
const server = restify.createServer({ name: "" });
server.post("/webhooks/messenger", (request, response, next) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const given = Buffer.from(String(request.headers["x-hub-signature-256"] ?? ""));
    const ours = Buffer.from(
      `sha256=${createHmac("sha256", secret).update(Buffer.concat(chunks)).digest("hex")}`,
    );
    response.writeHead(given.length === ours.length && timingSafeEqual(given, ours) ? 200 : 403);
    response.end("EVENT_RECEIVED");
    next();
  });
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.error(JSON.stringify({ port: address.port }));
});
process.on("SIGTERM", () => process.exit(0));
