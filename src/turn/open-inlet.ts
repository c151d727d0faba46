import { newId } from "../basics/ids.ts";
import type { Clock } from "../basics/time.ts";
import { newConversation } from "../conversation/state.ts";
import type { Engine } from "./engine.ts";
import type { Inlet } from "./inlet.ts";
import type { TurnStore } from "./ports.ts";

/** What channels get of the engine, and no more. Channels are made before the engine that they serve: it is asked for when used. */
export function openInlet(engine: () => Engine, store: TurnStore, clock: Clock): Inlet {
  return {
    // Looking first spares known customers a commit: only a conversation that is not there is written.
    open: async (address, contact, verified) =>
      (await store.findConversation(address)) ??
      store.openConversation({
        id: newId(),
        address,
        contact,
        state: { ...newConversation, verified },
        at: clock.now(),
      }),
    accept: (conversationId, arrival) => engine().accept(conversationId, arrival),
    receipt: (receipt) => store.noteReceipt(receipt),
    typing: (conversationId) => {
      engine().typing(conversationId);
    },
    lookedOn: (conversationId) => {
      engine().lookedOn(conversationId);
    },
  };
}
