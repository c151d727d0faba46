/** Where a message was written (`Source` of the engine): kept with its turn. */
export interface PageSource {
  readonly page: string;
  readonly referrer?: string;
  readonly campaign?: string;
  readonly device: "mobile" | "desktop";
}

const campaignKey = "kumusta.campaign";
/** The usual names of a campaign in an address, the most telling first. */
const campaignNames = ["utm_campaign", "campaign", "ref"];

/** Addresses without their query: it holds what concerns nobody here, such as e-mail addresses and keys. */
function plain(address: string): string {
  return address.replace(/[?#].*$/u, "");
}

/** The campaign that brought the customer, also on the pages that follow. */
function campaign(): string | undefined {
  const query = new URLSearchParams(location.search);
  const named = campaignNames.map((name) => query.get(name)).find((value) => value !== null && value !== "");
  try {
    if (typeof named === "string") sessionStorage.setItem(campaignKey, named);
    return named ?? sessionStorage.getItem(campaignKey) ?? undefined;
  } catch {
    return named ?? undefined;
  }
}

export function pageSource(): PageSource {
  const from = campaign();
  return {
    page: location.pathname,
    ...(document.referrer === "" ? {} : { referrer: plain(document.referrer) }),
    ...(from === undefined ? {} : { campaign: from }),
    device: matchMedia("(pointer: coarse)").matches ? "mobile" : "desktop",
  };
}
