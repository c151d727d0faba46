import { kernelBase64 } from "./kernel-bytes.ts";

/** The loops of kernel.wat. All arguments are byte offsets into the arena, but for `count` (rows) and `bytes` (one row). */
export interface Kernel {
  gather(target: number, rows: number, ids: number, coefs: number, count: number, bytes: number): void;
  /** Rows of bytes, factors of 16 bits, sums of 32: `count` is a multiple of 4. */
  gatherLevels(target: number, rows: number, ids: number, coefs: number, count: number, bytes: number): void;
  scatter(rows: number, ids: number, coefs: number, count: number, source: number, bytes: number): void;
  dots(target: number, rows: number, ids: number, count: number, vector: number, bytes: number): void;
  /** In place: softmax of the row, less `off`; answers the sum of squares of what it leaves. */
  softmaxGradient(scores: number, bytes: number, off: number): number;
}

type KernelFunction = (...offsets: number[]) => number;
const isKernelFunction = (value: unknown): value is KernelFunction => typeof value === "function";

/** Floats in a row are padded to this, because the loops take 32 bytes at a time. */
export const padded = (floats: number): number => Math.ceil(floats / 8) * 8;

/** A piece of the arena: `offset` for the kernel, `floats` or `ints` for JavaScript. */
export interface Floats {
  readonly offset: number;
  readonly floats: Float32Array;
}
export interface Bytes {
  readonly offset: number;
  readonly bytes: Int8Array;
}
export interface Shorts {
  readonly offset: number;
  readonly shorts: Int16Array;
}
export interface Ints {
  readonly offset: number;
  readonly ints: Int32Array;
}

const PAGE = 65_536;

/** One block of WebAssembly memory, handed out piece by piece and freed as a whole. Its size is fixed, so views stay valid. */
export class Arena {
  readonly kernel: Kernel;
  readonly #buffer: ArrayBuffer;
  #next = 64;

  /** @param bytes all that will be taken from it; at most 4 GiB */
  constructor(bytes: number) {
    const pages = Math.ceil((bytes + 64) / PAGE) + 1;
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const instance = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(kernelBase64, "base64")), {
      env: { memory },
    });
    const { gather, gatherLevels, scatter, dots, softmaxGradient } = instance.exports;
    if (
      !isKernelFunction(gather) ||
      !isKernelFunction(gatherLevels) ||
      !isKernelFunction(scatter) ||
      !isKernelFunction(dots) ||
      !isKernelFunction(softmaxGradient)
    )
      throw new TypeError("kernel.wat lacks a loop");
    this.kernel = { gather, gatherLevels, scatter, dots, softmaxGradient };
    this.#buffer = memory.buffer;
  }

  /** Zeroed floats, aligned to 32 bytes. */
  floats(length: number): Floats {
    const offset = this.#take(length * 4);
    return { offset, floats: new Float32Array(this.#buffer, offset, length) };
  }

  ints(length: number): Ints {
    const offset = this.#take(length * 4);
    return { offset, ints: new Int32Array(this.#buffer, offset, length) };
  }

  bytes(length: number): Bytes {
    const offset = this.#take(length);
    return { offset, bytes: new Int8Array(this.#buffer, offset, length) };
  }

  shorts(length: number): Shorts {
    const offset = this.#take(length * 2);
    return { offset, shorts: new Int16Array(this.#buffer, offset, length) };
  }

  #take(bytes: number): number {
    const offset = this.#next;
    this.#next = Math.ceil((offset + bytes) / 32) * 32;
    if (this.#next > this.#buffer.byteLength)
      throw new RangeError(`arena of ${this.#buffer.byteLength} bytes is full`);
    return offset;
  }
}
