import { describe, expect, it } from "vitest";
import { checkRange } from "../../../../sandbox/mtproto/files/ranges.ts";

const KIB = 1024;
const MIB = KIB * KIB;

describe("the range of a file part", () => {
  it.each([
    [0, 4 * KIB],
    [MIB, MIB],
    [512 * KIB, 512 * KIB],
    [3 * MIB + 128 * KIB, 128 * KIB],
  ])("from %i, %i bytes long, passes", (offset, limit) => {
    expect(() => checkRange(offset, limit, false)).not.toThrow();
  });

  it.each([
    ["an offset that is not aligned", 1 * KIB, 4 * KIB, "OFFSET_INVALID"],
    ["a limit that is not aligned", 0, 1 * KIB, "LIMIT_INVALID"],
    ["no limit", 0, 0, "LIMIT_INVALID"],
    ["a limit that does not divide a mebibyte", 0, 12 * KIB, "LIMIT_INVALID"],
    ["a limit over a mebibyte", 0, 2 * MIB, "LIMIT_INVALID"],
    ["a part that crosses a mebibyte", 768 * KIB, 512 * KIB, "LIMIT_INVALID"],
    ["a negative offset", -4096, 4096, "OFFSET_INVALID"],
  ])("with %s is refused", (_what, offset, limit, error) => {
    expect(() => checkRange(offset, limit, false)).toThrow(error);
  });

  it("is freer when precise: whole kibibytes, any number of them", () => {
    expect(() => checkRange(5 * KIB, 3 * KIB, true)).not.toThrow();
    expect(() => checkRange(100, KIB, true)).toThrow("OFFSET_INVALID");
    expect(() => checkRange(0, 1000, true)).toThrow("LIMIT_INVALID");
    expect(() => checkRange(1023 * KIB, 2 * KIB, true)).toThrow("LIMIT_INVALID");
  });
});
