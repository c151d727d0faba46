import { z } from "zod";
import type { Clock } from "../../basics/time.ts";
import type { Route } from "../../channels/http-port.ts";
import { check } from "../../channels/webchat/check.ts";
import { casesApi, type CasesApiParts } from "../../console/cases-api.ts";
import type { ScriptList } from "../../console/demo-protocol.ts";
import type { Content } from "../../content/content.ts";
import type { TurnWatch } from "../../turn/observer.ts";
import type { LiveState } from "../../workbench/live-state.ts";
import { demoContentMeta, demoContentRoute } from "./demo-content.ts";
import { isDemo, requireOwnMachine, type Reach } from "./demo-guard.ts";
import { TurnTrail } from "./turn-trail.ts";

const turnsPath = "/demo/turns";
const casesPath = "/demo/cases";
const scriptsPath = "/demo/scripts";

/** What the demo page shows beyond the shop, for who sits at this machine. */
export interface Demo {
  readonly watch: TurnWatch;
  /** A person was erased: these conversations of theirs are forgotten here too. */
  forget(conversations: ReadonlySet<string>): void;
  routes(parts: DemoParts): Route[];
}

interface DemoParts {
  readonly state: () => LiveState;
  readonly cases: Omit<CasesApiParts, "door">;
}

const querySchema = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,15}$/u, "must be a whole number")
    .transform(Number)
    .default(0),
});

/** Tells the scripts of the demo page where they may ask; nothing where they may not. */
export function demoMeta(reach: Reach): Readonly<Record<string, string>> {
  return isDemo(reach) ? { ...demoContentMeta, "kumusta-demo": turnsPath } : {};
}

/**
 * The x-ray of each turn and the agent's desk of the demo page. Undefined on a server that customers can reach: then
 * nothing listens to turns, and no such address exists.
 */
export function openDemo(
  reach: Reach,
  { clock, content }: { readonly clock: Clock; readonly content: () => Content },
): Demo | undefined {
  if (!isDemo(reach)) return undefined;
  const trail = new TurnTrail(clock, content);
  return {
    watch: trail,
    forget: (conversations) => {
      trail.forget(conversations);
    },
    routes: ({ state, cases }) => [
      demoContentRoute(state),
      own(turnsPath, ({ query }) => trail.since(check(querySchema, Object.fromEntries(query)).after)),
      own(scriptsPath, () => scriptsOf(content())),
      ...casesApi({ ...cases, door: { require: requireOwnMachine } }, casesPath),
    ],
  };
}

/** Answers who sits at this machine. */
function own(path: string, body: (request: { readonly query: URLSearchParams }) => object): Route {
  return {
    method: "GET",
    path,
    bodyLimit: 0,
    handle: (request) => {
      requireOwnMachine(request);
      return { status: 200, body: body(request) };
    },
  };
}

/** Scripts in the order of the content, titled by what they answer. */
function scriptsOf({ dialogs, intents }: Content): ScriptList {
  const titles = new Map([...intents.values()].map(({ dialog, title }) => [dialog, title.en]));
  return {
    scripts: [...dialogs.values()].flatMap((dialog) =>
      dialog.type === "script"
        ? [
            {
              id: dialog.id,
              title: titles.get(dialog.id) ?? dialog.id,
              text: dialog.say.variants[0]?.text.en ?? "",
            },
          ]
        : [],
    ),
  };
}
