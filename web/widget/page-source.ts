/** Where a message was written (`Source` of the engine): kept with its turn. */
export interface PageSource {
  readonly page: string;
  readonly referrer?: string;
  readonly campaign?: string;
  readonly device: "mobile" | "desktop";
}

/** Addresses without their query: it holds what concerns nobody here, such as e-mail addresses and keys. */
function plain(address: string): string {
  return address.replace(/[?#].*$/u, "");
}

/** @param campaign what brought the customer, as the page on which they arrived told */
export function pageSource(campaign: string | undefined): PageSource {
  return {
    page: location.pathname,
    ...(document.referrer === "" ? {} : { referrer: plain(document.referrer) }),
    ...(campaign === undefined ? {} : { campaign }),
    device: matchMedia("(pointer: coarse)").matches ? "mobile" : "desktop",
  };
}
