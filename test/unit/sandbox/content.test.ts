import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { SeededFiles } from "../../../sandbox/content/store.ts";
import { ShiftedClock } from "../../../sandbox/world/clock.ts";
import { fileIdOf, placeOfFile } from "../../../sandbox/world/file-id.ts";
import { mix } from "../../../sandbox/world/random.ts";
import type { WorldFile } from "../../../sandbox/world/types.ts";

const mimeTypes = [
  "application/pdf",
  "application/zip",
  "text/plain",
  "text/csv",
  "application/json",
  "video/mp4",
  "audio/mpeg",
  "audio/ogg",
  "image/jpeg",
  "image/webp",
  "application/octet-stream",
];

const store = () => new SeededFiles(7, new ShiftedClock(), () => null);

function file(mimeType: string, size: number, seed = 42): WorldFile {
  const id = BigInt(mix(seed, size, mimeTypes.indexOf(mimeType)));
  return { id, kind: "document", seed, size, dcId: 2, mimeType, date: 0, sizes: [] };
}

describe("content of a file", () => {
  it.each(mimeTypes)("is the same whatever range of %s is read", (mimeType) => {
    for (const size of [1, 100, 1023, 70_001]) {
      const one = file(mimeType, size);
      const whole = Buffer.from(store().read(one, 0, size));
      expect(whole.length).toBe(size);
      const files = store();
      for (let n = 0; n < 60; n++) {
        const offset = mix(n, 1) % size;
        const length = 1 + (mix(n, 2) % 9000);
        const part = Buffer.from(files.read(one, offset, length));
        expect(part.equals(whole.subarray(offset, offset + length))).toBe(true);
      }
    }
  });

  it("differs from seed to seed and not from store to store", async () => {
    const first = await store().sha256(file("video/mp4", 50_000));
    expect(await store().sha256(file("video/mp4", 50_000))).toBe(first);
    expect(await store().sha256(file("video/mp4", 50_000, 43))).not.toBe(first);
  });

  it("hashes to what its bytes hash to", async () => {
    const one = file("application/zip", 3_000_000);
    const bytes = store().read(one, 0, one.size);
    expect(await store().sha256(one)).toBe(createHash("sha256").update(bytes).digest("hex"));
  });

  it("is real: JSON parses, a zip lists its file, a PDF knows where its table is", () => {
    const files = store();
    const read = (mimeType: string) => {
      const one = file(mimeType, 30_000);
      return Buffer.from(files.read(one, 0, one.size));
    };
    expect(JSON.parse(read("application/json").toString("utf8"))).toMatchObject({ seed: 42 });
    const zip = read("application/zip");
    const directory = zip.readUInt32LE(zip.length - 6);
    expect(zip.toString("latin1", directory, directory + 4)).toBe("PK\x01\x02");
    const pdf = read("application/pdf").toString("latin1");
    const at = Number(/startxref\n(\d+)/.exec(pdf)?.[1]);
    expect(pdf.slice(at, at + 4)).toBe("xref");
  });

  it("of four gigabytes can be read at its end", () => {
    const big = file("application/octet-stream", 4_000_000_000);
    const files = store();
    expect(files.read(big, 3_999_999_000, 4096).length).toBe(1000);
    expect(files.read(big, 4_000_000_000, 4096).length).toBe(0);
  });
});

describe("file reference", () => {
  it("is good for its account and file, and expires by age and on order", () => {
    const clock = new ShiftedClock();
    const files = new SeededFiles(7, clock, () => null);
    const one = file("text/plain", 10);
    const reference = files.reference(1, one);
    expect(files.checkReference(1, one, reference)).toBe("ok");
    expect(files.checkReference(2, one, reference)).toBe("invalid");
    expect(files.checkReference(1, file("text/plain", 11), reference)).toBe("invalid");
    expect(files.checkReference(1, one, new Uint8Array(0))).toBe("invalid");
    clock.shift(files.referenceLifetime + 1);
    expect(files.checkReference(1, one, reference)).toBe("expired");
    const fresh = files.reference(1, one);
    files.expireReferences();
    expect(files.checkReference(1, one, fresh)).toBe("expired");
  });
});

describe("file id", () => {
  it("says where a generated file comes from, and nothing else does", () => {
    for (let n = 0; n < 500; n++) {
      const place = { history: mix(n, 1) % 2 ** 20, slot: mix(n, 2) % 2 ** 30 };
      expect(placeOfFile(fileIdOf(place.history, place.slot))).toEqual(place);
    }
    expect(placeOfFile(-5n)).toBeNull();
    expect(placeOfFile(1n << 60n)).toBeNull();
  });
});
