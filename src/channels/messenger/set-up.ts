import type { MessengerContent } from "../../content/channels-schema.ts";
import type { LocalText } from "../../content/content.ts";
import type { ProviderAnswer } from "../provider-http.ts";
import type { Finding } from "../provider.ts";
import { Graph } from "./graph.ts";
import { graphFailure } from "./graph-error.ts";
import { neededFields, usefulFields } from "./page-watch.ts";
import type { MessengerSettings } from "./settings.ts";

type Profile = NonNullable<MessengerContent["profile"]>;

/** Facebook's name of Filipino; everybody else reads English (Messenger Platform: supported locales). */
const locales = [
  ["default", "en"],
  ["tl_PH", "fil"],
] as const;

const inEach = <T>(form: (locale: string, of: (text: LocalText) => string) => T): T[] =>
  locales.map(([locale, language]) => form(locale, (text) => text[language]));

const payloadOf = (intent: string) =>
  intent === "person" || intent === "web" ? `command:${intent}` : `intent:${intent}`;

/** The body of `POST /me/messenger_profile` (Messenger Platform: Messenger Profile API). */
export function profileBody({ greeting, getStarted, menu, iceBreakers }: Profile): object {
  return {
    greeting: inEach((locale, of) => ({ locale, text: of(greeting) })),
    get_started: { payload: payloadOf(getStarted) },
    ...(menu.length === 0
      ? {}
      : {
          persistent_menu: inEach((locale, of) => ({
            locale,
            composer_input_disabled: false,
            call_to_actions: menu.map(({ title, intent }) => ({
              type: "postback",
              title: of(title),
              payload: payloadOf(intent),
            })),
          })),
        }),
    ...(iceBreakers.length === 0
      ? {}
      : {
          ice_breakers: inEach((locale, of) => ({
            locale,
            call_to_actions: iceBreakers.map(({ question, intent }) => ({
              question: of(question),
              payload: payloadOf(intent),
            })),
          })),
        }),
  };
}

/** Subscribes each page's events to the app, and writes what customers see before the first message. */
export async function setUpMessenger(
  settings: MessengerSettings,
  profile: Profile | undefined,
): Promise<readonly Finding[]> {
  const graph = new Graph(settings);
  try {
    const findings: Finding[] = [];
    for (const page of settings.pages.values()) {
      const fields = [...neededFields, ...usefulFields].join(",");
      const subscribed = await graph.call("POST", `${page.id}/subscribed_apps`, page, {
        query: { subscribed_fields: fields },
        body: {},
      });
      findings.push(findingOf(`page ${page.id}: events`, subscribed, fields.replaceAll(",", ", ")));
      if (profile === undefined) continue;
      const written = await graph.call("POST", `${page.id}/messenger_profile`, page, {
        body: profileBody(profile),
      });
      findings.push(findingOf(`page ${page.id}: greeting, menu and questions`, written, "written"));
    }
    return findings;
  } finally {
    await graph.close();
  }
}

function findingOf(check: string, answer: ProviderAnswer, found: string): Finding {
  const mend = "Run: npx kumusta doctor messenger";
  if (answer.type !== "answered") return { check, fine: false, found: answer.reason, mend };
  if (answer.status >= 300) return { check, fine: false, found: graphFailure(answer).reason, mend };
  return { check, fine: true, found };
}
