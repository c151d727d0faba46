import { z } from "zod";
import type { LocalText } from "./content.ts";

/* dialogs/channels.yaml: accounts of channels and what is said outside of conversations. It names environment
 * variables, never secrets. */

const variableName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/u, "name an environment variable, as in MESSENGER_CEBU_PAGE_ID");
const id = z.string().regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/u, "name an intent, as in delivery.order-status");
const local = (longest: number): z.ZodType<LocalText> => {
  const text = z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(longest, `must have at most ${String(longest)} characters`);
  return z.strictObject({ en: text, fil: text });
};
const phrases = z.array(z.string().trim().min(1)).describe("Words or phrases; capitals don't matter.");

const menuItem = z.strictObject({
  title: local(30).describe("What the menu shows, 30 characters at most."),
  intent: z
    .union([id, z.literal("person"), z.literal("web")])
    .describe(
      "Intent that a tap means, person for the wish to talk to one, or web for a link to the web chat.",
    ),
});

const messenger = z.strictObject({
  pages: z
    .array(
      z.strictObject({
        id: variableName.describe("Environment variable that holds the page's ID."),
        token: variableName.describe("Environment variable that holds the page's access token."),
      }),
    )
    .default([])
    .describe("Pages beside the one of MESSENGER_PAGE_ID."),
  routing: z
    .strictObject({
      passTo: z
        .union([z.literal("page-inbox"), z.string().regex(/^\d+$/u)])
        .optional()
        .describe(
          "Where a conversation goes when the bot hands it over: page-inbox (Meta Business Suite) or the ID of another app. Without it agents answer in our console.",
        ),
      idleMinutes: z
        .int()
        .min(5)
        .max(7 * 1_440)
        .default(1_440)
        .describe(
          "A person who answered in Meta Business Suite and then is silent for so long gives the customer back to the bot.",
        ),
    })
    .default({ idleMinutes: 1_440 }),
  comments: z
    .strictObject({
      answer: phrases.describe(
        "A comment on the page's post that holds one of these is answered privately, once.",
      ),
      except: phrases.default([]).describe("Unless it holds one of these, too."),
    })
    .optional()
    .describe("Without it comments are left alone."),
  profile: z
    .strictObject({
      greeting: local(160).describe("Shown before the first message."),
      getStarted: id.describe("Intent that a tap on Get Started means."),
      menu: z.array(menuItem).max(20).default([]).describe("The menu that is always there."),
      iceBreakers: z
        .array(z.strictObject({ question: local(80), intent: id }))
        .max(4)
        .default([])
        .describe("Questions offered before the first message, four at most."),
    })
    .optional()
    .describe("What `kumusta setup messenger` writes to the page."),
});

const telegram = z.strictObject({
  start: id.optional().describe("Intent that a tap on Start means. Without it the bot waits for words."),
  groups: local(300).describe("Said once in a group that the bot is added to, before it leaves."),
});

export const channelsFile = z.strictObject({
  messenger: messenger.default({ pages: [], routing: { idleMinutes: 1_440 } }),
  telegram: telegram.default({
    groups: {
      en: "I answer in private chats only, since orders are nobody else's business. Please write to me there.",
      fil: "Sa private chat lang po ako sumasagot dahil pribado ang mga order. I-message po ninyo ako roon.",
    },
  }),
});

export type ChannelsContent = z.output<typeof channelsFile>;
export type TelegramContent = ChannelsContent["telegram"];
export type MessengerContent = ChannelsContent["messenger"];
