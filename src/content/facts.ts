import type { Locale, LocalText, Saying, Variant } from "./content.ts";

/** What is true of the shop, by name: fees, days, hours. Written once in dialogs/facts.yaml. */
export type Facts = ReadonlyMap<string, LocalText>;

const shown = /\{fact\.(\w+)\}/gu;

function fill(text: LocalText, facts: Facts, as: (value: string) => string): LocalText {
  const filled = (locale: Locale) =>
    as(text[locale].replace(shown, (whole, name: string) => facts.get(name)?.[locale] ?? whole));
  return { en: filled("en"), fil: filled("fil") };
}

/**
 * The peso sign is not in the GSM 7-bit alphabet (3GPP TS 23.038 §6.2.1): a text message with one holds 70
 * characters instead of 160. The short form says P85, as shops type it.
 */
function withoutPesoSign(text: string): string {
  return text.replaceAll("₱", "P");
}

function fillVariant(variant: Variant, facts: Facts): Variant {
  return {
    ...variant,
    text: fill(variant.text, facts, (text) => text),
    sms: variant.sms === undefined ? undefined : fill(variant.sms, facts, withoutPesoSign),
  };
}

/** The saying as customers read it, its facts filled in. A name that is no fact stays as it is written. */
export function withFacts(saying: Saying, facts: Facts): Saying {
  return { ...saying, variants: saying.variants.map((variant) => fillVariant(variant, facts)) };
}
