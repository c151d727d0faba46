import type { Source } from "../../basics/activity.ts";

/** Where a customer wrote, as far as reports keep it: nothing that names one person. */
export interface CountedSource {
  readonly device: string | null;
  /** Path of the page, without query and fragment; numbers and keys in it are "#". */
  readonly page: string | null;
  /** Host that the customer came from. */
  readonly referrer: string | null;
  readonly campaign: string | null;
}

const mostCharacters = 200;
/** Only for reading paths without a host; never asked. */
const anyHost = "http://page.invalid";

const nowhere: CountedSource = { device: null, page: null, referrer: null, campaign: null };

/** Addresses and campaigns carry order numbers, accounts, mail addresses and keys of links: those become "#". */
function withoutPersons(text: string): string {
  return text
    .replace(/\p{Cc}/gu, " ")
    .replace(/[^/\s?&=]*(?:@|%40)[^/\s?&=]*/giu, "#")
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/giu, "#")
    .replace(/(?<![a-z0-9])(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{16,}(?![a-z0-9])/giu, "#")
    .replace(/\d{4,}/gu, "#")
    .slice(0, mostCharacters)
    .toWellFormed();
}

function pageOf(page: string): string | null {
  const path = URL.parse(page, anyHost)?.pathname;
  return path === undefined ? null : withoutPersons(path);
}

function hostOf(referrer: string): string | null {
  const host = URL.parse(referrer)?.hostname ?? "";
  return host === "" ? null : host.slice(0, mostCharacters);
}

export function countedSource(source: Source | null | undefined): CountedSource {
  if (source === null || source === undefined) return nowhere;
  const { device, page, referrer, campaign } = source;
  return {
    device: device ?? null,
    page: page === undefined ? null : pageOf(page),
    referrer: referrer === undefined ? null : hostOf(referrer),
    campaign: campaign === undefined || campaign.trim() === "" ? null : withoutPersons(campaign.trim()),
  };
}
