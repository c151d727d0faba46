import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { systemClock } from "../../../src/basics/time.ts";
import { Graph } from "../../../src/channels/messenger/graph.ts";
import { PageHealth } from "../../../src/channels/messenger/page-health.ts";
import { PageWatch } from "../../../src/channels/messenger/page-watch.ts";
import { messengerSettings } from "../../../src/channels/messenger/settings.ts";
import type { ProviderObserver } from "../../../src/channels/provider.ts";
import { channelsFile } from "../../../src/content/channels-schema.ts";
import { readConfig } from "../../../src/config/read-config.ts";
import { GraphEmulator } from "../../emulators/messenger/graph-emulator.ts";

const page = "1001";
const app = { appId: "7001", appSecret: "an-app-secret", verifyToken: "a-word-of-our-choice" };

let meta: GraphEmulator;
let graph: Graph;
let watch: PageWatch;
let told: (readonly [string, boolean, string])[] = [];

beforeEach(async () => {
  told = [];
  meta = await GraphEmulator.start({ ...app, pages: { [page]: "PAGE-TOKEN" } });
  const config = readConfig({
    MESSENGER_APP_ID: app.appId,
    MESSENGER_APP_SECRET: app.appSecret,
    MESSENGER_VERIFY_TOKEN: app.verifyToken,
    MESSENGER_PAGE_ID: page,
    MESSENGER_PAGE_TOKEN: "PAGE-TOKEN",
    MESSENGER_API_URL: meta.url,
  });
  const settings = messengerSettings(config, channelsFile.parse({}));
  if (settings === undefined) throw new TypeError("Messenger is off");
  const observer: ProviderObserver = {
    ignored: () => undefined,
    health: (_channel, account, works, reason) => {
      told.push([account, works, reason]);
    },
    fault: () => undefined,
  };
  graph = new Graph(settings);
  watch = new PageWatch({ settings, graph, health: new PageHealth(systemClock, observer), observer });
});
afterEach(async () => {
  await graph.close();
  await meta.stop();
});

const alarms = () => told.filter(([, works]) => !works);

describe("a page whose events Meta switched off", () => {
  it("raises the alarm once, with what to do, and takes it back when they come again", async () => {
    await watch.look();
    expect(alarms()).toEqual([]);
    meta.subscribed.delete(page);
    await watch.look();
    await watch.look();
    expect(alarms()).toEqual([[page, false, expect.stringContaining("npx kumusta setup messenger")]]);
    meta.subscribed.set(page, ["messages", "messaging_postbacks", "message_echoes"]);
    await watch.look();
    expect(told.at(-1)).toEqual([page, true, expect.any(String)]);
  });

  it("names the fields that no longer come", async () => {
    meta.subscribed.set(page, ["messages"]);
    await watch.look();
    expect(alarms()).toEqual([[page, false, "not subscribed to messaging_postbacks, message_echoes"]]);
  });

  it("says nothing while Meta does not answer: nothing is known then", async () => {
    meta.mood = () => ({ status: 503, code: 2 });
    await watch.look();
    expect(alarms()).toEqual([]);
  });
});
