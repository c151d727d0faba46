import { campaign } from "./campaign.ts";
import { createLauncher, type Launcher } from "./launcher.ts";
import { leftOpen, noteOpen, outboxPrefix, somethingWaits } from "./left-behind.ts";
import { loadPanel } from "./load-panel.ts";
import type { Identity, Panel, WidgetApi, WidgetEvents, WidgetOptions } from "./widget-api.ts";

/** An address that leads into a conversation which began on another channel. */
const continuePath = /^\/c\/[\w-]+$/u;

/** The button, the API and, from the first opening on, the panel. */
export class Widget {
  readonly #options: WidgetOptions;
  readonly #launcher: Launcher;
  readonly #handlers: { readonly [Name in keyof WidgetEvents]: Set<(detail: WidgetEvents[Name]) => void> } = {
    "widget.opened": new Set(),
    "widget.closed": new Set(),
    "message.sent": new Set(),
    "message.received": new Set(),
    "unread.changed": new Set(),
  };
  #panel: Promise<Panel> | undefined;
  /** Looked for on each page, opened or not: the one on which the customer arrived names it. */
  readonly #campaign = campaign();
  #failures = 0;
  /** Words of the page's buttons, until there is a panel to send them. */
  readonly #unsent: string[] = [];
  #identity: Identity = null;

  constructor(options: WidgetOptions) {
    this.#options = options;
    this.#launcher = createLauncher(options, () => this.#open());
  }

  get api(): WidgetApi {
    return {
      open: () => this.#open(),
      send: (text) => {
        if (text.trim() === "") return;
        this.#unsent.push(text.trim());
        this.#withPanel(() => undefined);
      },
      close: () => void this.#panel?.then((panel) => panel.close()),
      identify: (identity) => {
        this.#identity = identity;
        void this.#panel?.then((panel) => panel.identify(identity));
      },
      on: (name, handler) => this.#on(name, handler),
    };
  }

  /** Puts the button on the page, and goes on with what the page before left behind. */
  begin(): void {
    this.#launcher.show();
    if (continuePath.test(location.pathname)) this.#open();
    else if (leftOpen()) this.#open(false);
    else if (somethingWaits()) void this.#load().catch(() => undefined);
  }

  #on<Name extends keyof WidgetEvents>(
    name: Name,
    handler: (detail: WidgetEvents[Name]) => void,
  ): () => void {
    const handlers: Set<(detail: WidgetEvents[Name]) => void> = this.#handlers[name];
    handlers.add(handler);
    return () => void handlers.delete(handler);
  }

  #emit<Name extends keyof WidgetEvents>(name: Name, detail: WidgetEvents[Name]): void {
    const handlers: Set<(detail: WidgetEvents[Name]) => void> = this.#handlers[name];
    for (const handler of handlers) {
      try {
        handler(detail);
      } catch (thrown) {
        // The page's fault is told to the page; the chat goes on.
        reportError(thrown);
      }
    }
  }

  #open(takesFocus = true): void {
    this.#withPanel((panel) => panel.open(takesFocus));
  }

  #withPanel(use: (panel: Panel) => void): void {
    this.#launcher.busy(true);
    this.#load().then(
      (panel) => {
        this.#launcher.busy(false);
        use(panel);
        for (const text of this.#unsent.splice(0)) panel.send(text);
      },
      () => {
        // No network, most likely: the next tap asks again.
        this.#panel = undefined;
        this.#failures += 1;
        this.#launcher.failed();
      },
    );
  }

  #load(): Promise<Panel> {
    this.#panel ??= loadPanel(
      {
        root: this.#launcher.root,
        launcher: this.#launcher.button,
        options: this.#options,
        identity: this.#identity,
        emit: (name, detail) => this.#emit(name, detail),
        campaign: this.#campaign,
        outboxPrefix,
        noteOpen,
      },
      this.#failures,
    );
    return this.#panel;
  }
}
