import type { Json } from "../../basics/activity.ts";
import { findPhones } from "../../recognition/entities/phones.ts";

/** Who is asked about, in each form in which the store may know them. */
export interface NamedPerson {
  /** As it was written, without space around it: may be the id of a conversation or of a case. */
  readonly text: string;
  /** Contacts that it may be. */
  readonly contacts: readonly string[];
  /** True when a value that a customer gave is this one, in whatever form it was written. */
  readonly matches: (value: Json) => boolean;
}

/** What stands before the colon of a contact. */
const kinds = ["messenger", "sms", "telegram", "viber", "webchat", "shopper"];
/** Shorter values say too little: half the customers would match. */
const leastCharacters = 4;

const digitsOf = (text: string) => findPhones(text).map(({ value }) => value);

/**
 * Reads a phone number in any written form, an e-mail address, `channel:id` (messenger:2002, sms:+63917…), the bare id
 * of a customer on a channel, or the id of a conversation or case.
 */
export function namedPerson(written: string): NamedPerson {
  const text = written.trim();
  const [, kind = "", rest = ""] = /^([a-z]+):(.+)$/u.exec(text) ?? [];
  const isContact = kinds.includes(kind);
  const id = isContact ? rest : text;
  const phones = isContact && kind !== "sms" ? [] : digitsOf(id);
  const contacts = new Set([
    ...(isContact ? [text] : kinds.map((each) => `${each}:${text}`)),
    ...phones.map((digits) => `sms:+${digits}`),
  ]);
  const lower = id.toLowerCase();
  const matchesText = (value: string) =>
    (lower.length >= leastCharacters && value.trim().toLowerCase() === lower) ||
    (phones.length > 0 && digitsOf(value).some((digits) => phones.includes(digits)));
  const matches = (value: Json): boolean => {
    if (typeof value === "string") return matchesText(value);
    if (typeof value === "number") return matchesText(String(value));
    if (typeof value !== "object" || value === null) return false;
    return Object.values(value).some(matches);
  };
  return { text, contacts: [...contacts], matches };
}
