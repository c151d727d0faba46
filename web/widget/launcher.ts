import css from "./launcher.css?inline";
import type { WidgetOptions } from "./widget-api.ts";

export interface Launcher {
  readonly root: ShadowRoot;
  readonly button: HTMLButtonElement;
  show(): void;
  busy(isBusy: boolean): void;
  failed(): void;
}

const words = {
  en: { open: "Chat with us", failed: "No connection. Try again", region: "Chat" },
  fil: { open: "Mag-chat tayo", failed: "Walang koneksyon. Subukan ulit", region: "Chat" },
} as const;

const svg = "http://www.w3.org/2000/svg";
const bubble =
  "M12 3C6.5 3 2 6.8 2 11.5c0 2.4 1.2 4.6 3.1 6.1L4 21.5l4.6-1.9c1.1.3 2.2.4 3.4.4 5.5 0 10-3.8 10-8.5S17.5 3 12 3Z";

/** The button, in a shadow root of its own that the panel later shares. It is out of the page's flow: nothing shifts. */
export function createLauncher({ language }: WidgetOptions, onOpen: () => void): Launcher {
  const { open, failed, region } = words[language];
  const host = document.createElement("kumusta-widget");
  const root = host.attachShadow({ mode: "open" });
  // A constructed style sheet is no inline style: it works under `style-src 'self'`.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];

  const icon = document.createElementNS(svg, "svg");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svg, "path");
  path.setAttribute("d", bubble);
  icon.append(path);
  const label = document.createElement("span");
  label.textContent = open;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "launcher";
  button.setAttribute("aria-haspopup", "dialog");
  button.append(icon, label);
  button.addEventListener("click", onOpen);
  const section = document.createElement("section");
  section.setAttribute("aria-label", region);
  section.lang = language;
  section.append(button);
  root.append(section);

  return {
    root,
    button,
    // Beside the body: no `:last-child` or grid of the page counts it.
    show: () => document.documentElement.append(host),
    busy: (isBusy) => {
      button.setAttribute("aria-busy", String(isBusy));
      label.textContent = open;
    },
    failed: () => {
      button.setAttribute("aria-busy", "false");
      label.textContent = failed;
    },
  };
}
