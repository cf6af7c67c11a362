/**
 * What the bytes of a file look like: a head and a tail that make it a real file of its kind, and between them filling
 * computed from the seed. Any range can be read without making the rest.
 */
export interface Form {
  head: Uint8Array;
  tail: Uint8Array;
  /** `offset` counts from the end of the head. */
  fill(offset: number, length: number): Uint8Array;
}
