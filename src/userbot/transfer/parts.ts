/** How a file's length is cut into the parts that upload.getFile gives. */

/** Divides a MiB, so that no part crosses the boundary of one. */
export const PART_BYTES = 512 * 1024;

export interface Part {
  offset: number;
  /** Bytes that must come; less is a fault. */
  length: number;
}

/** Every byte of the file once, in order. A part is always asked for with `PART_BYTES`; the last one may be shorter. */
export function* partsOf(size: number): Generator<Part> {
  for (let offset = 0; offset < size; offset += PART_BYTES)
    yield { offset, length: Math.min(PART_BYTES, size - offset) };
}
