/**
 * Greetings and thanks (kind `other`) are logged and counted as concerns, but nobody comes for them: rates leave them
 * out, and they are never called the largest of anything.
 */
export const isMatter = ({ kind }: { readonly kind: string }): boolean => kind !== "other";
