import type { z } from "zod";
import { KumustaError } from "../../basics/errors.ts";

/**
 * What the schema makes of a value that came from outside.
 * @throws KumustaError `request.malformed` that names the fields, never what was in them
 */
export function check<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.length === 0 ? "body" : path.join(".")}: ${message}`);
  throw new KumustaError("request.malformed", faults);
}
