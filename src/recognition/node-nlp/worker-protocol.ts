import { z } from "zod";

const line = z.object({ text: z.string(), intent: z.string() });
export const NONE = "None";

/** What the worker can be asked; `id` comes back with the answer. */
export const requestSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("train"), id: z.int(), lines: z.array(line) }),
  z.object({ type: z.literal("load"), id: z.int(), exported: z.string() }),
  z.object({ type: z.literal("classify"), id: z.int(), texts: z.array(z.string()) }),
]);
export type WorkerRequest = z.infer<typeof requestSchema>;

const scored = z.object({ intent: z.string(), score: z.number() });
export type ScoredIntent = z.infer<typeof scored>;

export const answerSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("trained"), id: z.int(), exported: z.string() }),
  z.object({ type: z.literal("loaded"), id: z.int() }),
  /** For each text its intents, best first. */
  z.object({ type: z.literal("classified"), id: z.int(), results: z.array(z.array(scored)) }),
  z.object({ type: z.literal("failed"), id: z.int(), reason: z.string() }),
]);
export type WorkerAnswer = z.infer<typeof answerSchema>;
