import { ChatPanel } from "./chat-panel.ts";
import type { Panel, Surroundings } from "./widget-api.ts";

/** What the small script asks for at the first opening. */
export function createPanel(surroundings: Surroundings): Panel {
  return new ChatPanel(surroundings);
}
