import type { Clock } from "../../basics/time.ts";
import type { Inlet } from "../../turn/inlet.ts";
import type { Channel, OutgoingReply } from "../../turn/ports.ts";
import type { Route, SocketRoute } from "../http-port.ts";
import { Access } from "./access.ts";
import type { ContinuedConversations } from "./continued-conversations.ts";
import { WebchatConversations } from "./conversations.ts";
import { DirectLine } from "./direct-line.ts";
import { LiveLines } from "./live-lines.ts";
import { replyBody, typingActivity } from "./outgoing-activity.ts";
import type { ConversationNews, WebchatStore } from "./ports.ts";
import { channelName, type WebchatSettings } from "./settings.ts";
import { Uploads } from "./uploads.ts";
import { WidgetSessions } from "./widget-session.ts";

export interface WebchatParts {
  readonly inlet: Inlet;
  readonly store: WebchatStore;
  /** Absent where one process serves the database alone. */
  readonly news?: ConversationNews | undefined;
  readonly clock: Clock;
  readonly settings: WebchatSettings;
  /** What began on other channels and goes on here. */
  readonly continued: ContinuedConversations;
  /** Something went wrong that no client can mend. */
  readonly onFault: (what: string, thrown: unknown) => void;
}

export interface Webchat {
  readonly channel: Channel;
  readonly routes: readonly Route[];
  readonly socketRoutes: readonly SocketRoute[];
  /** The customer of this conversation (its row) was erased: its streams end, nothing leads to it any more. */
  forget(rowId: string): void;
}

/** The web chat channel: it keeps its own history, so a reply is delivered when it stands in the transcript. */
export function createWebchat(given: WebchatParts): Webchat {
  const { settings, clock } = given;
  const live = new LiveLines(given.news);
  const access = new Access(settings, clock);
  const conversations = new WebchatConversations(given.inlet, given.store);
  const parts = { ...given, live, access, conversations };
  const directLine = new DirectLine(parts);
  const transcriptEntry = (outgoing: OutgoingReply) => ({ body: replyBody(outgoing, settings.botName) });
  const channel: Channel = {
    name: channelName,
    capabilities: { delivery: "transcript", showsTyping: true, web: "here" },
    transcriptEntry,
    deliver: (outgoing) => Promise.resolve({ status: "delivered", transcript: transcriptEntry(outgoing) }),
    announce: (rowId, line) => {
      live.announce(rowId, line);
    },
    typing: (rowId) => {
      live.passing(rowId, (conversation) => typingActivity(conversation, settings.botName, clock.now()));
    },
  };
  const forget = (rowId: string) => {
    conversations.forget(rowId);
    live.end(rowId);
  };
  given.news?.listen({
    onLines: (rowId, seq) => {
      live.longer(rowId, seq);
    },
    onGone: forget,
    onMissed: () => {
      live.missed();
    },
  });
  return {
    channel,
    routes: [
      ...directLine.routes,
      ...new Uploads({ ...parts, directLine }).routes,
      ...new WidgetSessions(parts).routes,
    ],
    socketRoutes: directLine.socketRoutes,
    forget: (rowId) => {
      given.news?.tellGone(rowId);
      forget(rowId);
    },
  };
}
