import type { ProviderChannel, ProviderParts } from "./provider.ts";
import { providers } from "./providers.ts";

/** All channels of providers that have credentials, as one. */
export interface OpenProviders {
  readonly channels: readonly ProviderChannel["channel"][];
  readonly routes: ProviderChannel["routes"];
  start(): void;
  stop(): Promise<void>;
}

/**
 * Makes every provider's channel that has credentials.
 * @throws KumustaError `config.invalid` when accounts of one are set up by half
 */
export function openProviders(
  parts: ProviderParts & { readonly onOff: (channel: string) => void },
): OpenProviders {
  const opened: ProviderChannel[] = [];
  for (const provider of providers) {
    const made = provider.create(parts);
    if (made === undefined) parts.onOff(provider.name);
    else opened.push(made);
  }
  return {
    channels: opened.map(({ channel }) => channel),
    routes: opened.flatMap(({ routes }) => routes),
    start: () => {
      for (const one of opened) one.start?.();
    },
    stop: async () => {
      for (const one of opened) await one.stop?.();
    },
  };
}
