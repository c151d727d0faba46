import { describe, expect, it } from "@jest/globals";
import { endOfRefusal } from "../../../src/channels/sms/failure.ts";
import { isQuiet } from "../../../src/channels/sms/quiet-hours.ts";

describe("a text that Twilio refused", () => {
  it("waits as long as Twilio asks when there are too many", () => {
    expect(endOfRefusal(429, 20429, 7).delivery).toMatchObject({ status: "retry", afterMs: 7_000 });
    expect(endOfRefusal(429, undefined, undefined).delivery).toEqual({
      status: "retry",
      reason: "Twilio 429",
    });
    expect(endOfRefusal(400, 21611, undefined).delivery).toMatchObject({ status: "retry", afterMs: 30_000 });
  });

  it("is tried again after a failure that Twilio itself tells of", () => {
    expect(endOfRefusal(503, 20503, undefined).delivery.status).toBe("retry");
    expect(endOfRefusal(500, 20500, undefined).delivery.status).toBe("retry");
  });

  it.each([
    [502, undefined],
    [504, undefined],
    [502, 20503],
    [504, 20503],
    [500, undefined],
    [503, undefined],
  ])(
    "by a gateway, with %d and code %p, may have been sent: it is not sent again blindly",
    (status, code) => {
      expect(endOfRefusal(status, code, undefined).delivery.status).toBe("ambiguous");
    },
  );

  it("says that nothing can be sent when the account is refused", () => {
    expect(endOfRefusal(401, 20003, undefined)).toMatchObject({
      accountRefused: true,
      delivery: { status: "retry", afterMs: 300_000 },
    });
  });

  it("to one who opted out at Twilio marks the contact, and is never sent again", () => {
    expect(endOfRefusal(400, 21610, undefined)).toEqual({
      delivery: { status: "refused", reason: "Twilio 400 code 21610" },
      contact: "optedOut",
    });
  });

  it.each([21211, 21614, 30005, 30006, 21635, 21612])(
    "with code %d marks the number as out of reach",
    (code) => {
      expect(endOfRefusal(400, code, undefined)).toMatchObject({
        delivery: { status: "refused" },
        contact: "unreachable",
      });
    },
  );

  it.each([21408, 30004, 30007, 21617, undefined])(
    "with code %p is our fault or the law's, not the contact's",
    (code) => {
      expect(endOfRefusal(400, code, undefined)).toEqual({
        delivery: { status: "refused", reason: expect.stringContaining("Twilio 400") },
      });
    },
  );
});

describe("quiet hours from 21:00 to 8:00 in Manila", () => {
  const hours = { from: 21 * 60, to: 8 * 60 };
  it.each([
    ["2026-11-22T13:00:00Z", true],
    ["2026-11-22T12:59:00Z", false],
    ["2026-11-22T23:59:00Z", true],
    ["2026-11-23T00:00:00Z", false],
  ])("at %s: quiet %p", (instant, quiet) => {
    expect(isQuiet(Date.parse(instant), hours, "Asia/Manila")).toBe(quiet);
  });
});
