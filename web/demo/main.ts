import "./xray.css";
import { createChips } from "./chips.ts";
import { watchContent } from "./content-state.ts";
import { createTryIt } from "./try-it.ts";
import { watchTurns } from "./watch-turns.ts";
import { withWidget } from "./with-widget.ts";
import { createXray } from "./xray.ts";

/** Everything that the widget keeps has this before its name. */
const widgetKeys = "kumusta.";
const narrow = "(max-width: 63.99rem)";

/** Puts the x-ray beside the shop. Only where the server says that it may be asked: on the maintainer's own machine. */
function showDemo(shop: HTMLElement, path: string): void {
  const xray = createXray();
  const watcher = watchTurns(path, {
    onTurns: (answer) => xray.show(answer),
    onRestart: () => xray.clear(),
    onReachable: (isReachable) => xray.reachable(isReachable),
  });
  const startOver = () => {
    watcher.forget();
    for (const key of Object.keys(localStorage)) if (key.startsWith(widgetKeys)) localStorage.removeItem(key);
    location.assign("/");
  };
  document.documentElement.classList.add("demo");
  shop.before(createTryIt(createChips(), document.getElementById("content-state"), startOver));
  shop.after(xray.root);

  withWidget((widget) => {
    for (const name of ["message.sent", "message.received"] as const) widget.on(name, () => watcher.look());
    // On a phone the chat covers the page: who closes it finds what came of it.
    widget.on("widget.closed", () => {
      if (matchMedia(narrow).matches) xray.root.scrollIntoView();
    });
  });
}

const shop = document.getElementById("shop");
const demo = document.querySelector('meta[name="kumusta-demo"]');
if (shop !== null && demo instanceof HTMLMetaElement) showDemo(shop, demo.content);
const box = document.getElementById("content-state");
if (box !== null) watchContent(box);
