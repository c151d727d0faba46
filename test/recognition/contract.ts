import { expect, it } from "@jest/globals";
import type { TrainedRecognizer } from "../../src/recognition/trained-recognizer.ts";

/** What every recognizer promises, whatever it is made of. Trained on the lines of `shop.ts`. */
export function promisesOfARecognizer(recognizer: () => TrainedRecognizer): void {
  it.each([
    ["where is my order", "order-status"],
    ["paki-cancel naman ng order ko", "cancel-order"],
    ["magkano shipping papuntang cebu", "shipping-fee"],
    ["i forgot the password of my account", "reset-password"],
  ])("recognizes “%s” as %s", async (utterance, intent) => {
    const { parts } = await recognizer().recognize(utterance, {});
    expect(parts[0]?.candidates[0]?.intent).toBe(intent);
  });

  it("names itself and its model in every answer", async () => {
    const recognition = await recognizer().recognize("where is my order", {});
    expect(recognition.recognizer).toBe(recognizer().name);
    expect(recognition.modelVersion).toBe(recognizer().modelVersion);
  });

  it("gives candidates best first, each intent once, with probabilities that sum to at most 1", async () => {
    for (const utterance of ["cancel", "order", "is it free to cancel my order", "password", "zzz"]) {
      const { parts } = await recognizer().recognize(utterance, {});
      for (const { candidates, outOfScope } of parts) {
        const confidences = candidates.map(({ confidence }) => confidence);
        expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
        expect(new Set(candidates.map(({ intent }) => intent)).size).toBe(candidates.length);
        for (const probability of [...confidences, outOfScope]) {
          expect(probability).toBeGreaterThanOrEqual(0);
          expect(probability).toBeLessThanOrEqual(1);
        }
        expect(confidences.reduce((sum, c) => sum + c, 0) + outOfScope).toBeLessThanOrEqual(1.000_001);
      }
    }
  });

  it("is surer of a customer's question than of small talk", async () => {
    const sure =
      (await recognizer().recognize("where is my order", {})).parts[0]?.candidates[0]?.confidence ?? 0;
    const unsure =
      (await recognizer().recognize("who won the game last night", {})).parts[0]?.candidates[0]?.confidence ??
      0;
    expect(sure).toBeGreaterThan(unsure);
  });

  it.each([
    ["nothing", ""],
    ["spaces", "   \n\t"],
    ["emoji only", "😀🎉👍🏽"],
    ["punctuation only", "?!?!..."],
    ["mixed scripts", "заказ 注文 طلب order ng ko"],
    ["10,000 characters", "where is my order ".repeat(556)],
    ["one word of 10,000 letters", "o".repeat(10_000)],
    ["binary", String.fromCharCode(...Array.from({ length: 256 }, (_, i) => i))],
    ["half an emoji", "order \ud83d"],
  ])("answers sanely to %s", async (_what, utterance) => {
    const { parts, entities } = await recognizer().recognize(utterance, {});
    for (const { candidates, outOfScope } of parts) {
      for (const { confidence, score } of candidates)
        expect([Number.isFinite(confidence), Number.isFinite(score)]).toEqual([true, true]);
      expect(Number.isFinite(outOfScope)).toBe(true);
    }
    for (const { start, end, text } of entities) expect(utterance.slice(start, end)).toBe(text);
  });

  it("says the same of the same line, whatever it was asked in between", async () => {
    const first = await recognizer().recognize("can i still cancel my order", {});
    await recognizer().recognize("magkano po ang delivery fee", { stage: "delivery" });
    expect(await recognizer().recognize("can i still cancel my order", {})).toEqual(first);
  });
}
