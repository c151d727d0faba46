import type { Panel, Surroundings } from "./widget-api.ts";

/** vite.config.js writes the panel's real name here; that one changes with its content. */
const panelPath = "/assets/panel.js";

interface PanelModule {
  createPanel(surroundings: Surroundings): Panel;
}

function isPanelModule(value: unknown): value is PanelModule {
  return (
    typeof value === "object" &&
    value !== null &&
    "createPanel" in value &&
    typeof value.createPanel === "function"
  );
}

/**
 * Loads the panel from the chat server.
 * @param time how often it was tried: browsers keep a failure under the address that failed
 */
export async function loadPanel(surroundings: Surroundings, time: number): Promise<Panel> {
  const address = `${surroundings.options.base}${panelPath}${time === 0 ? "" : `?${String(time)}`}`;
  const loaded: unknown = await import(/* @vite-ignore */ address);
  if (!isPanelModule(loaded)) throw new TypeError(`${address} is no panel`);
  return loaded.createPanel(surroundings);
}
