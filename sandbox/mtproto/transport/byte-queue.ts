/** Bytes as they arrive, taken off in other pieces. Joins memory only where a piece spans two arrivals. */
export class ByteQueue {
  readonly #chunks: Buffer[] = [];
  length = 0;

  push(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.length += chunk.length;
  }

  /** The first bytes, which stay. There must be as many. */
  peek(length: number): Buffer {
    const first = this.#chunks[0];
    if (first && first.length >= length) return first.subarray(0, length);
    const parts: Buffer[] = [];
    let wanted = length;
    for (const chunk of this.#chunks) {
      const part = chunk.subarray(0, wanted);
      parts.push(part);
      wanted -= part.length;
      if (wanted === 0) break;
    }
    return Buffer.concat(parts);
  }

  skip(length: number): void {
    this.length -= length;
    while (length > 0) {
      const first = this.#chunks[0]!;
      if (first.length > length) {
        this.#chunks[0] = first.subarray(length);
        return;
      }
      length -= first.length;
      this.#chunks.shift();
    }
  }

  take(length: number): Buffer {
    const taken = this.peek(length);
    this.skip(length);
    return taken;
  }
}
