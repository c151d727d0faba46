import type { ContentFiles } from "../content-files.ts";
import type { Fault } from "../fault.ts";

/** In a menu: the wishes to talk to a person and to go on in web chat, which are no intents. */
const wishes: ReadonlySet<string> = new Set(["person", "web"]);

/** That the intents which menus and buttons of providers name in dialogs/channels.yaml are there. */
export function channelFaults({ channels, intents, unreadIds }: ContentFiles): Fault[] {
  if (channels === undefined) return [];
  const { file, value } = channels;
  const known = new Set([...unreadIds, ...intents.map((intent) => intent.value.id)]);
  const { messenger, telegram } = value;
  const { profile } = messenger;
  const within = ["messenger", "profile"];
  const named: readonly { readonly intent: string | undefined; readonly path: readonly PropertyKey[] }[] = [
    { intent: telegram.start, path: ["telegram", "start"] },
    { intent: profile?.getStarted, path: [...within, "getStarted"] },
    ...(profile?.menu ?? []).map(({ intent }, i) => ({
      intent: wishes.has(intent) ? undefined : intent,
      path: [...within, "menu", i, "intent"],
    })),
    ...(profile?.iceBreakers ?? []).map(({ intent }, i) => ({
      intent: wishes.has(intent) ? undefined : intent,
      path: [...within, "iceBreakers", i, "intent"],
    })),
  ];
  return named.flatMap(({ intent, path }): Fault[] =>
    intent === undefined || known.has(intent)
      ? []
      : [
          {
            kind: "name.unknown",
            file,
            line: channels.lineOf(path),
            message: `no intent is called “${intent}”`,
            mend: "name an intent of intents/, or add it there",
          },
        ],
  );
}
