import { join, resolve } from "node:path";
import { pino, type Logger } from "pino";
import { openActions } from "./actions/open-actions.ts";
import { KumustaError, reasonOf } from "./basics/errors.ts";
import { maskedReason } from "./basics/masking/masked-reason.ts";
import { systemClock } from "./basics/time.ts";
import { openProviders } from "./channels/open-providers.ts";
import type { ProviderObserver } from "./channels/provider.ts";
import { ContinueLinks, continuePath } from "./channels/webchat/continue-links.ts";
import { ContinuedConversations } from "./channels/webchat/continued-conversations.ts";
import { createWebchat } from "./channels/webchat/create-webchat.ts";
import { keptSecret } from "./config/kept-secret.ts";
import { makeDataFolder } from "./config/make-data-folder.ts";
import type { Config } from "./config/read-config.ts";
import { AdminDoor } from "./console/admin-door.ts";
import { casesApi } from "./console/cases-api.ts";
import { correctionsApi } from "./console/corrections-api.ts";
import { reportApi } from "./console/report-api.ts";
import { privacyApi } from "./console/privacy-api.ts";
import { demoMeta, openDemo } from "./http/demo/open-demo.ts";
import { ReportsBeside } from "./insights/report/report-beside.ts";
import { loadChannels } from "./content/load-channels.ts";
import { healthRoutes } from "./http/health.ts";
import { createMetrics, type Metrics } from "./http/metrics.ts";
import { createHttpServer } from "./http/server.ts";
import { staticRoutes } from "./http/static-files.ts";
import { openStore, type Store } from "./store/open-store.ts";
import { eraseAgain } from "./store/privacy/erase-person.ts";
import { Retention } from "./store/privacy/retention.ts";
import { ErasureLedger } from "./store/privacy/erasure-ledger.ts";
import { CaseStore } from "./store/sql/case-store.ts";
import { SqlWebchatStore } from "./store/sql/webchat-store.ts";
import { Counter } from "./turn/counter.ts";
import { businessDaysAt } from "./turn/counting/business-day.ts";
import { defaultLimits, Engine } from "./turn/engine.ts";
import { BotHost, type TurnMiddleware } from "./turn/host.ts";
import { openInlet } from "./turn/open-inlet.ts";
import type { TurnObserver } from "./turn/observer.ts";
import { LivePair } from "./workbench/live-pair.ts";

/** What a business adds to the program in code. */
export interface Additions {
  /** Bot Framework middleware, in the order in which it runs around each turn. */
  readonly middleware?: readonly TurnMiddleware[];
  /** Training goes on while the program starts: `done` of `total` steps of `what`. */
  readonly onTraining?: (done: number, total: number, what: string) => void;
}

export interface App {
  /** Opens everything and serves. Resolves when messages can be taken. */
  start(): Promise<{ readonly port: number }>;
  /** Takes nothing more in, finishes what is in hand, lets go of everything. */
  stop(): Promise<void>;
}

const webFolder = join(import.meta.dirname, "..", "dist", "web");

/** Composition root: the one place that knows every part. Nothing happens before `start`. */
export function createApp(config: Config, additions: Additions = {}): App {
  const log = pino({ level: config.logLevel, base: null }, pino.destination({ dest: 2, sync: false }));
  let running: { stop(): Promise<void> } | undefined;
  return {
    start: async () => {
      const { port, stop } = await startParts(config, additions, log);
      running = { stop };
      log.info({ port }, "server.started");
      return { port };
    },
    stop: async () => {
      await running?.stop();
      running = undefined;
      log.info("server.stopped");
      log.flush();
    },
  };
}

/** Logs what the metrics count. Ids and reasons only: never what a customer wrote. */
function logged(log: Logger, { observer }: Metrics): TurnObserver {
  return {
    ...observer,
    failed: (what, ids, thrown) => {
      observer.failed(what, ids, thrown);
      log.error(
        {
          what,
          ...ids,
          code: thrown instanceof KumustaError ? thrown.code : undefined,
          reason: maskedReason(thrown),
        },
        "engine.failed",
      );
    },
  };
}

/** What providers' channels tell: alarms in the log and as metrics. */
function loggedProviders(log: Logger, { providers }: Metrics): ProviderObserver {
  return {
    ignored: (channel, what) => {
      providers.ignored(channel, what);
    },
    health: (channel, account, works, reason) => {
      providers.health(channel, account, works, reason);
      if (works) log.info({ channel, account, reason }, "channel.works");
      else log.error({ channel, account, reason }, "channel.stopped");
    },
    fault: (channel, what, reason) => {
      providers.fault(channel, what, reason);
      log.error({ channel, what, reason }, "channel.failed");
    },
  };
}

/** The content with its model, and what the operator hears of them. */
function openContent(config: Config, additions: Additions, log: Logger): Promise<LivePair> {
  return LivePair.open({
    contentDir: resolve(config.contentDir),
    recognizer: config.recognizer,
    modelFile: join(config.dataDir, `model-${config.recognizer}`),
    clock: systemClock,
    onTraining: additions.onTraining,
    onNotice: (sentence) => {
      log.info({ notice: sentence }, "model.retrained");
    },
    onLive: (version) => {
      log.info({ version }, "content.live");
    },
    onRefused: (faults) => {
      log.warn({ faults }, "content.refused");
    },
  });
}

async function startParts(config: Config, additions: Additions, log: Logger) {
  const clock = systemClock;
  const pages = staticRoutes(
    webFolder,
    {
      "/": "demo/index.html",
      [`${continuePath}:token`]: "demo/index.html",
      "/privacy": "demo/privacy.html",
    },
    demoMeta(config),
  );
  makeDataFolder(config.dataDir);
  const secret = config.directLineSecret ?? keptSecret(config.dataDir, "directline-secret");
  const store: Store = await openStore(config.databaseUrl);
  const erasing = { store, ledger: new ErasureLedger(config.dataDir), clock };
  let live: LivePair | undefined;
  try {
    // Before anything is read or sent: a restored backup may hold who was erased since.
    const erasedAgain = await eraseAgain(erasing);
    if (erasedAgain > 0) log.info({ conversations: erasedAgain }, "privacy.erasedAgain");
    const opened = await openContent(config, additions, log);
    live = opened;
    const demo = openDemo(config, { clock, content: () => opened.current.content });
    const host = new BotHost();
    for (const middleware of additions.middleware ?? []) host.use(middleware);
    const metrics: Metrics = createMetrics({
      depths: () => store.turns.depths(clock.now()),
      openSockets: () => server.openSockets,
    });
    let stopping = false;
    const inlet = openInlet(() => engine, store.turns, clock);
    const links = new ContinueLinks(secret, clock);
    const off: string[] = [];
    const providers = openProviders({
      inlet,
      clock,
      config,
      accounts: loadChannels(resolve(config.contentDir)),
      observer: loggedProviders(log, metrics),
      continueToken: (conversationId) => links.issue(conversationId),
      timeZone: () => opened.current.content.timeZone,
      onOff: (channel) => {
        off.push(channel);
      },
    });
    const sampleAnswers = demo !== undefined && providers.channels.length === 0;
    const business = config.actions ?? (sampleAnswers ? "sampleShop" : "nobody");
    if (business === "nobody")
      log.warn(
        { mend: "set ACTIONS_URL and ACTIONS_SECRET (docs/actions.md)" },
        "actions.nobodyAnswers: customers can reach this server, so the sample shop does not answer; steps that call an action go their failed way",
      );
    const actions = openActions(business, clock, (name) => opened.current.content.actions.get(name));
    const webchat = createWebchat({
      inlet,
      store: new SqlWebchatStore(store.db, store.driver),
      news: store.news,
      clock,
      settings: {
        directLineSecret: secret,
        widgetOrigins: config.widgetOrigins,
        widgetIdentitySecret: config.widgetIdentitySecret,
        publicUrl: config.publicUrl,
        botName: opened.current.content.shared.name,
      },
      continued: new ContinuedConversations({
        links,
        inlet,
        clock,
        find: (id) => store.turns.getConversation(id),
      }),
      onFault: (what, thrown) => {
        log.error({ what, reason: maskedReason(thrown) }, "webchat.failed");
      },
    });
    const days = businessDaysAt(() => opened.current.content.timeZone);
    const engine: Engine = new Engine({
      store: store.turns,
      clock,
      host,
      observer: logged(log, metrics),
      watch: demo?.watch,
      pair: () => opened.current,
      channels: [webchat.channel, ...providers.channels],
      actions: actions.book,
      window: { quietMs: config.burstQuietMs, mostMs: Math.max(3_000, config.burstQuietMs) },
    });
    const door = new AdminDoor(keptSecret(config.dataDir, "admin-token"), clock);
    const cases = {
      cases: new CaseStore(store.db, store.driver),
      turns: store.turns,
      inlet,
      clock,
      timeZone: () => opened.current.content.timeZone,
    };
    const reports = new ReportsBeside({ databaseUrl: config.databaseUrl });
    /** What is kept in memory on these conversations is nobody's any more. */
    const forget = (ids: readonly string[]) => {
      for (const id of ids) webchat.forget(id);
      demo?.forget(new Set(ids));
    };
    const server = createHttpServer({
      routes: [
        ...webchat.routes,
        ...casesApi({ ...cases, door }),
        ...reportApi({
          ...{ door, reports, clock },
          content: () => opened.current.content,
        }),
        ...privacyApi({
          ...erasing,
          door,
          onErased: (conversations, removed) => {
            engine.dropped(removed.waiting);
            forget(conversations.map(({ id }) => id));
          },
        }),
        ...correctionsApi({
          ...{ counting: store.counting, door, clock, days },
          content: () => opened.current.content,
        }),
        ...providers.routes,
        ...healthRoutes({
          probe: () => store.turns.probe(),
          waiting: () => engine.waiting,
          mostWaiting: defaultLimits.mostWaiting,
          stopping: () => stopping,
        }),
        metrics.route,
        ...(demo?.routes({ state: () => opened.state, cases }) ?? []),
        ...pages,
      ],
      socketRoutes: webchat.socketRoutes,
      trustedProxies: config.trustedProxies,
      onFault: (thrown, about) => {
        log.error({ ...about, reason: maskedReason(thrown) }, "request.failed");
      },
    });
    const counter = new Counter({
      counting: {
        anyWaits: () => store.counting.anyWaits(),
        countSome: (most) => store.counting.count(days(), most),
      },
      clock,
      onFailed: (thrown) => {
        log.error({ reason: reasonOf(thrown) }, "counting.failed");
      },
    });
    await engine.start();
    const { port } = await server.listen(config.port, config.host);
    for (const channel of off) log.info({ channel }, "channel.off");
    opened.watch();
    providers.start();
    counter.start();
    const retention = new Retention({
      ...erasing,
      days: config.retention,
      onRemoved: metrics.removed,
      onErased: forget,
      onFailed: (thrown) => {
        log.error({ reason: reasonOf(thrown) }, "retention.failed");
      },
    });
    retention.start();
    return {
      port,
      stop: async () => {
        stopping = true;
        await server.close();
        await reports.close();
        await engine.stop();
        await providers.stop();
        await retention.stop();
        await counter.stop();
        await actions.close();
        await opened.close();
        await store.close();
      },
    };
  } catch (thrown) {
    await live?.close();
    await store.close();
    throw thrown;
  }
}
