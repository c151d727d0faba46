import type { OperatingPoint } from "../../recognition/linear/rejector.ts";

/** Reads `joint`, `cost=R` (R above 0) or `recall=X` (X from 0 to 1); undefined when it is none of them. */
export function parseOperatingPoint(text: string): OperatingPoint | undefined {
  if (text === "joint") return { kind: "joint" };
  const [, name, digits = ""] = /^(cost|recall)=(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  const number = Number(digits);
  if (name === "cost" && number > 0) return { kind: "cost", ratio: number };
  if (name === "recall" && digits !== "" && number <= 1) return { kind: "recall", share: number };
  return undefined;
}
