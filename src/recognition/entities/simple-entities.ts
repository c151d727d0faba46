import { finderOf, type Finder } from "./found.ts";

/** E-mail addresses as people write them (the dot-atom form of RFC 5322 with a top-level domain). */
export const findEmails: Finder = (text) => (text.includes("@") ? emails(text) : []);
const emails = finderOf(
  "email",
  /(?<![\w.+-])[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}\b/giu,
  (found) => found.toLowerCase(),
);

const NUMBER = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,9}(?:\.\d{1,2})?`;
/** Peso amounts: “₱1,234.50”, “PHP 500”, “P500”, “500 pesos”, “1.5k pesos”. The value is pesos as a decimal number. */
export const findAmounts: Finder = finderOf(
  "amount",
  new RegExp(
    String.raw`(?:(?:₱|\bphp|\bpesos?|\bp)\s?(?<before>${NUMBER})(?<beforeK>\s?k\b)?(?![\d\w]|[.,]\d))|(?:(?<![\w.,])(?<after>${NUMBER})(?<afterK>\s?k)?\s?(?:₱|php|pesos?|piso)(?!\w))`,
    "giu",
  ),
  (_found, { groups }) => {
    const digits = groups?.["before"] ?? groups?.["after"];
    if (digits === undefined) return undefined;
    const thousands = groups?.["beforeK"] !== undefined || groups?.["afterK"] !== undefined;
    return String(Number(digits.replaceAll(",", "")) * (thousands ? 1_000 : 1));
  },
);

/**
 * Order numbers: after a word that announces one (“order no. 10023”, “tracking: JT-88812”), after “#”, or letters, a hyphen
 * and digits (“KM-20931”). The value is upper case without spaces. Spaces are bounded: without that "order" and a
 * thousand spaces took minutes.
 */
export const findOrderNumbers: Finder = finderOf(
  "orderNumber",
  /(?:\b(?:order|ord|tracking|invoice|ref|reference|transaction|booking|waybill)(?:\s{1,3}ko)?\s{0,3}(?:number|num|no|id|code)?\s{0,3}[.:#-]?\s{0,3}#?\s{0,3}|#\s?)(?<it>(?=[a-z0-9-]*\d)[a-z0-9][a-z0-9-]{3,23})(?![\w-])|(?<![\w-])(?<code>[a-z]{2,5}-\d{4,12})(?![\w-])/dgiu,
  (found) => found.toUpperCase(),
);
