import { describe, expect, it } from "@jest/globals";
import { readSend, takenAnswer } from "./messages-api.ts";

const rules = { senders: new Set(["+639170000001"]), publicUrl: "https://chat.shop.example" };
const good = {
  To: "+639171234567",
  From: "+639170000001",
  Body: "Kumusta po",
  StatusCallback: "https://chat.shop.example/webhooks/sms/status?outbox=t.0",
};
const read = (form: Readonly<Record<string, string>>) => readSend(new URLSearchParams(form), "SM1", rules);

describe("the emulated Twilio", () => {
  it("takes a good send, and counts its parts as text", () => {
    const taken = read(good);
    expect(taken).toMatchObject({ text: { to: good.To, from: good.From, body: good.Body } });
    expect("text" in taken && takenAnswer({ ...taken.text, body: "a".repeat(161) }, "AC0")).toMatchObject({
      status: "queued",
      num_segments: "2",
    });
  });

  it.each([
    ["1,601 characters", { ...good, Body: "a".repeat(1_601) }, 21617],
    ["statuses that go elsewhere", { ...good, StatusCallback: "https://elsewhere.example/x" }, 21609],
    ["no address for statuses", { To: good.To, From: good.From, Body: "x" }, 21604],
    ["a number and a service", { ...good, MessagingServiceSid: `MG${"0".repeat(32)}` }, 21604],
    ["a sender of somebody else's", { ...good, From: "+639170000009" }, 21606],
    ["a field that it does not know", { ...good, Text: "x" }, 21604],
    ["no words", { ...good, Body: "" }, 21604],
  ])("holds %s for a breach", (_what, form, code) => {
    expect(read(form)).toMatchObject({ refusal: { code }, breach: expect.any(String) });
  });

  it.each([
    ["+15005550001", 21211],
    ["+15005550004", 21610],
    ["+15005550009", 21614],
  ])("refuses the magic number %s with %d, which is no breach", (To, code) => {
    expect(read({ ...good, To })).toEqual({ refusal: expect.objectContaining({ code }) });
  });
});
