import { existsSync } from "node:fs";
import { join } from "node:path";
import { channelsFile } from "../../content/channels-schema.ts";
import type { ContentFiles } from "../../content/content-files.ts";
import type { Fault } from "../../content/fault.ts";
import { readFile } from "../../content/read-file.ts";

const file = "dialogs/channels.yaml";
/** In a menu: the wish to talk to a person, which is no intent. */
const person = "person";

/** dialogs/channels.yaml: its form, and that the intents which menus and buttons of providers name are there. */
export function channelsFileFindings(root: string, files: ContentFiles): Fault[] {
  if (!existsSync(join(root, file))) return [];
  const read = readFile(root, file, channelsFile);
  if (!("value" in read)) return [...read];
  const known = new Set(files.intents.map(({ value }) => value.id));
  const { messenger, telegram } = read.value;
  const { profile } = messenger;
  const within = ["messenger", "profile"];
  const named: readonly { readonly intent: string | undefined; readonly path: readonly PropertyKey[] }[] = [
    { intent: telegram.start, path: ["telegram", "start"] },
    { intent: profile?.getStarted, path: [...within, "getStarted"] },
    ...(profile?.menu ?? []).map(({ intent }, i) => ({
      intent: intent === person ? undefined : intent,
      path: [...within, "menu", i, "intent"],
    })),
    ...(profile?.iceBreakers ?? []).map(({ intent }, i) => ({
      intent: intent === person ? undefined : intent,
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
            line: read.lineOf(path),
            message: `no intent is called “${intent}”`,
            mend: "name an intent of intents/, or add it there",
          },
        ],
  );
}
