import { findPhoneNumbersInText } from "libphonenumber-js/min";
import type { Finder } from "./found.ts";

const MAYBE_PHONE = /\d(?:[\s().-]*\d){6}/;

/** Phone numbers, Philippine unless they say otherwise. The value is all digits with the country code: “639171234567”. */
export const findPhones: Finder = (text) =>
  MAYBE_PHONE.test(text)
    ? findPhoneNumbersInText(text, "PH").map(({ startsAt, endsAt, number }) => ({
        type: "phone",
        text: text.slice(startsAt, endsAt),
        value: number.number.replace("+", ""),
        start: startsAt,
        end: endsAt,
      }))
    : [];
