/** The beginning of a body, and whether that was all of it. */
export interface BoundedBody {
  readonly text: string;
  readonly whole: boolean;
}

/**
 * Reads a body in pieces, and no further than allowed: whoever sends without end fills no memory.
 * @param body a stream of bytes; let go of at once when there is more than `mostBytes`
 * @returns at most `mostBytes` as UTF-8
 * @throws what the stream throws
 */
export async function readBounded(body: AsyncIterable<unknown>, mostBytes: number): Promise<BoundedBody> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early destroys the stream.
  for await (const piece of body) {
    if (!(piece instanceof Uint8Array)) continue;
    const left = mostBytes - size;
    pieces.push(piece.subarray(0, left));
    size += piece.length;
    if (size > mostBytes) break;
  }
  return { text: Buffer.concat(pieces).toString("utf8"), whole: size <= mostBytes };
}
