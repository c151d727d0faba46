import type { Clock } from "../basics/time.ts";
import type { Config } from "../config/read-config.ts";
import type { ChannelsContent } from "../content/channels-schema.ts";
import type { Inlet } from "../turn/inlet.ts";
import type { Channel } from "../turn/ports.ts";
import type { Route } from "./http-port.ts";

/** Hears what a provider's channel does, for metrics and logs. Never gets anything that a customer wrote, nor a secret. */
export interface ProviderObserver {
  /** Something came in that we do nothing with: an event that we don't know, a page that is not ours. */
  ignored(channel: string, what: string): void;
  /** An account works, or does not and why. Told at each change: `false` is the alarm. */
  health(channel: string, account: string, works: boolean, reason: string): void;
  /** Something went wrong that nobody outside can mend. */
  fault(channel: string, what: string, reason: string): void;
}

/** What every provider's channel is made of. */
export interface ProviderParts {
  readonly inlet: Inlet;
  readonly clock: Clock;
  readonly config: Config;
  /** dialogs/channels.yaml. */
  readonly accounts: ChannelsContent;
  readonly observer: ProviderObserver;
  /** Token of a link by which a conversation's concern goes on in web chat. */
  readonly continueToken: (conversationId: string) => string;
  /** Of the business: a channel's hours are in it. */
  readonly timeZone: () => string;
}

/** A channel of a provider, made and not yet running. */
export interface ProviderChannel {
  readonly channel: Channel;
  readonly routes: readonly Route[];
  /** Begins what runs beside requests: watching subscriptions, polling. */
  start?(): void;
  /** Lets go of everything; sends in hand have ended before. */
  stop?(): Promise<void>;
}

/** One thing that `kumusta doctor` looked at. */
export interface Finding {
  /** What was looked at. */
  readonly check: string;
  readonly fine: boolean;
  /** What was found. Never a secret. */
  readonly found: string;
  /** What to do, where it is not fine. */
  readonly mend?: string;
}

/** What a command outside of the running server has. */
export type ProviderAccounts = Pick<ProviderParts, "config" | "accounts">;

/** How one provider's channel is made: the one thing that src/channels/providers.ts lists. */
export interface Provider {
  readonly name: string;
  /**
   * The channel, or undefined where it has no credentials and is off.
   * @throws KumustaError `config.invalid` naming every fault of its accounts
   */
  create(parts: ProviderParts): ProviderChannel | undefined;
  /** Looks at everything that must be right outside of this program; undefined where the channel is off. */
  examine?(accounts: ProviderAccounts): Promise<readonly Finding[]> | undefined;
  /** Writes to the provider what it shows of us and where it calls us; undefined where the channel is off. */
  setUp?(accounts: ProviderAccounts): Promise<readonly Finding[]> | undefined;
}
