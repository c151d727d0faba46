// The program with middleware of a business that shows goods as cards: run by tests as a process of its own.
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config/read-config.ts";
import type { TurnMiddleware } from "../../src/turn/host.ts";

const card = "application/vnd.microsoft.card.hero";

const bag = {
  contentType: card,
  content: {
    title: "Abaca tote bag",
    subtitle: "₱499, was ₱650",
    text: "Woven in Bicol. Care: https://shop.example/care",
    images: [{ url: "/pictures/bag.png", alt: "A tote bag with two handles" }],
    buttons: [
      { type: "imBack", title: "Ask about it", value: "how much is the shipping fee?" },
      { type: "openUrl", title: "See it", value: "https://shop.example/bag" },
    ],
  },
};
const mug = {
  contentType: "application/vnd.microsoft.card.thumbnail",
  content: {
    title: "Stoneware mug",
    images: [{ url: "/pictures/mug.png" }],
    buttons: [
      { type: "postBack", title: "How do I pay?", value: "intent:payment.methods" },
      { type: "openUrl", title: "Runs something", value: "javascript:document.title='bad'" },
      { type: "openUrl", title: "Reads a file", value: "file:///etc/passwd" },
      { type: "call", title: "Call us", value: "tel:+63281234567" },
    ],
  },
};
const parol = {
  contentType: card,
  content: {
    title: "Capiz parol, small",
    subtitle: "<img src=x onerror=alert(1)>",
    images: [{ url: "javascript:alert(1)" }],
    buttons: [
      {
        type: "messageBack",
        title: "Reserve",
        displayText: "One parol, please",
        text: "intent:payment.methods",
      },
    ],
  },
};
const nothing = { contentType: card, content: { title: "", buttons: [] } };

const goods: TurnMiddleware = {
  onTurn: async (context, next) => {
    const asked = context.activity.text;
    if (asked !== "goods in a row" && asked !== "goods in a list") {
      await next();
      return;
    }
    await context.sendActivity({
      type: "message",
      text: "On sale this week:",
      attachmentLayout: asked === "goods in a list" ? "list" : "carousel",
      attachments: [bag, mug, parol, nothing],
    });
  },
};

const app = createApp(readConfig(process.env), { middleware: [goods] });
process.once("SIGTERM", () => void app.stop());
await app.start();
