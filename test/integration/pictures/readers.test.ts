/** Pictures are read in processes of their own, and no picture, however broken or hostile, stops that. */
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openReaders, type PictureReaders } from "../../../src/pictures/readers.ts";
import { savedAnew, scene } from "../../support/pictures.ts";
import { makeTempFolder, removeFolder } from "../../support/temp.ts";

const folder = makeTempFolder();
let readers: PictureReaders;
beforeAll(() => {
  readers = openReaders();
});
afterAll(async () => {
  await readers.close();
  removeFolder(folder);
});

const put = (name: string, bytes: Buffer | string): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};
const why = async (path: string) => {
  const reading = await readers.read(path);
  return reading.mark === null ? reading.why : "marked";
};
const chunk = (kind: string, body: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, Buffer.from(kind, "latin1"), body, Buffer.alloc(4)]);
};
const png = (width: number, height: number, data: Buffer): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
};

it("reads JPEG, PNG and WebP, and says how large they are", async () => {
  const original = await scene(1);
  for (const form of ["jpeg", "png", "webp"] as const) {
    const reading = await readers.read(put(`one.${form}`, await savedAnew(original, { form, scale: 0.5 })));
    expect(reading).toMatchObject({ width: 450, height: 350, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  }
});

it("refuses a bomb by its size, before it is decoded", async () => {
  expect(await why(put("bomb.png", png(60_000, 60_000, deflateSync(Buffer.alloc(1_000_000)))))).toBe("large");
  const lying = Buffer.from(await scene(2));
  const frame = lying.indexOf(Buffer.from([0xff, 0xc0]));
  lying.writeUInt16BE(65_000, frame + 5);
  lying.writeUInt16BE(65_000, frame + 7);
  expect(await why(put("lying.jpg", lying))).toBe("large");
  // Small by its first frame, large by its second.
  const twice = Buffer.concat([lying.subarray(0, 2), small(lying.subarray(frame, frame + 19)), lying.subarray(2)]);
  expect(await why(put("twice.jpg", twice))).toBe("format");
});
const small = (segment: Buffer): Buffer => {
  const copy = Buffer.from(segment);
  copy.writeUInt16BE(8, 5);
  copy.writeUInt16BE(8, 7);
  return copy;
};

it("says of what is no picture, or a broken one, that it is", async () => {
  const whole = await scene(3);
  const noise = Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * 7_919) & 255));
  const head = whole.subarray(0, whole.indexOf(Buffer.from([0xff, 0xda])) + 14);
  expect(await why(put("empty.jpg", ""))).toBe("format");
  expect(await why(put("text.jpg", "not a picture at all, whatever its name says"))).toBe("format");
  expect(
    await why(put("drawing.jpg", `<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>`)),
  ).toBe("format");
  expect(await why(put("half.jpg", whole.subarray(0, whole.length / 2)))).toBe("broken");
  expect(await why(put("half.webp", (await savedAnew(whole, { form: "webp" })).subarray(0, 900)))).toBe("broken");
  expect(await why(put("none.png", png(0, 10, deflateSync(Buffer.alloc(10)))))).toBe("broken");
  expect(["broken", "plain"]).toContain(await why(put("short.png", png(2_000, 2_000, Buffer.from("nothing")))));
  expect(["broken", "plain", "marked"]).toContain(
    await why(put("noise.jpg", Buffer.concat([head, noise, Buffer.from([0xff, 0xd9])]))),
  );
  expect(await why(put("still.jpg", whole))).toBe("marked");
});

it("reads ordinary files only", async () => {
  const path = put("there.jpg", await scene(4));
  symlinkSync(path, join(folder, "link.jpg"));
  mkdirSync(join(folder, "folder.jpg"));
  linkSync(path, join(folder, "same.jpg"));
  expect(await why(join(folder, "link.jpg"))).toBe("missing");
  expect(await why(join(folder, "folder.jpg"))).toBe("missing");
  expect(await why(join(folder, "nowhere.jpg"))).toBe("missing");
  expect(await why(join(folder, "same.jpg"))).toBe("marked");
});

it("goes on with a new process where one falls over a picture or never comes back from it", async () => {
  const entry = put(
    "reader.mjs",
    `process.on("message", (path) => {
       if (path.includes("crash")) process.abort();
       if (!path.includes("loop")) process.send({ mark: null, why: "plain" });
       else for (;;);
     });`,
  );
  const fragile = openReaders({ entry, timeoutMs: 3_000, count: 2 });
  try {
    const names = ["a", "crash", "b", "loop", "c", "crash", "d"];
    const readings = await Promise.all(names.map((name) => fragile.read(name)));
    expect(readings.map((reading) => (reading.mark === null ? reading.why : ""))).toEqual(
      names.map((name) => (name.length > 1 ? "broken" : "plain")),
    );
  } finally {
    await fragile.close();
  }
});
