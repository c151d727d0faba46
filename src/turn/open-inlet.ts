import type { ConversationAddress } from "../basics/activity.ts";
import { newId } from "../basics/ids.ts";
import type { Clock } from "../basics/time.ts";
import { newConversation } from "../conversation/state.ts";
import type { Engine } from "./engine.ts";
import type { Inlet } from "./inlet.ts";
import type { TurnStore } from "./ports.ts";

/** What channels get of the engine, and no more. Channels are made before the engine that they serve: it is asked for when used. */
export function openInlet(engine: () => Engine, store: TurnStore, clock: Clock): Inlet {
  const openNew = (address: ConversationAddress, contact: string, verified: boolean) =>
    store.openConversation({
      id: newId(),
      address,
      contact,
      state: { ...newConversation, verified },
      at: clock.now(),
    });
  return {
    // Looking first spares known customers a commit: only a conversation that is not there is written.
    open: (address, contact, verified) => {
      const found = store.findConversation(address);
      return found instanceof Promise
        ? found.then((row) => row ?? openNew(address, contact, verified))
        : (found ?? openNew(address, contact, verified));
    },
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
