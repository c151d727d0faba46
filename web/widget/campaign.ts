const campaignKey = "kumusta.campaign";
/** The usual names of a campaign in an address, the most telling first. */
const campaignNames = ["utm_campaign", "campaign", "ref"];

/** The campaign that brought the customer, also on the pages that follow in this tab. */
export function campaign(): string | undefined {
  const query = new URLSearchParams(location.search);
  const named = campaignNames.map((name) => query.get(name)).find((value) => value !== null && value !== "");
  try {
    if (typeof named === "string") sessionStorage.setItem(campaignKey, named);
    return named ?? sessionStorage.getItem(campaignKey) ?? undefined;
  } catch {
    return named ?? undefined;
  }
}
