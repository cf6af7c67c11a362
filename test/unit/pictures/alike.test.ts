import { describe, expect, it } from "vitest";
import { alikeGroups, looksAlike } from "../../../src/pictures/alike.ts";
import { MARK_LENGTH } from "../../../src/pictures/mark.ts";
import { type Anew, marked, savedAnew, scene } from "../../support/pictures.ts";
import { seededRandom } from "../../support/random.ts";

const atOnce = async () => {};
const SCENES = 6;

describe("the mark of a picture", () => {
  const changes: [string, Anew][] = [
    ["compressed harder", { quality: 50 }],
    ["half as large", { scale: 0.5 }],
    ["a quarter as large, as WebP", { scale: 0.25, form: "webp", quality: 60 }],
    ["without loss", { form: "png" }],
    ["cut a little at the edges", { crop: 0.01 }],
    ["cut a little more and smaller", { crop: 0.02, scale: 0.6, quality: 70 }],
  ];
  it.each(changes)("stays alike when it is saved %s", async (_, change) => {
    for (let number = 0; number < SCENES; number++) {
      const original = await scene(number);
      const [one, other] = [await marked(original), await marked(await savedAnew(original, change))];
      expect(one).toHaveLength(MARK_LENGTH);
      expect(looksAlike(one!, other!), `scene ${number}`).toBe(true);
    }
  });

  it("tells different pictures apart", async () => {
    const marks = await Promise.all(
      Array.from({ length: 40 }, async (_, number) => (await marked(await scene(number)))!),
    );
    for (const [place, mark] of marks.entries())
      for (const other of marks.slice(place + 1)) expect(looksAlike(mark, other)).toBe(false);
  });

  it("is not given to a picture with nothing in it", async () => {
    const { createCanvas } = await import("@napi-rs/canvas");
    const canvas = createCanvas(300, 200);
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, 300, 200);
    expect(await marked(await canvas.encode("jpeg", 80))).toBeNull();
  });
});

describe("groups of marks", () => {
  const { seed, next } = seededRandom();
  const word = () =>
    Math.floor(next() * 65_536)
      .toString(16)
      .padStart(4, "0");
  const random = () => Array.from({ length: MARK_LENGTH / 4 }, word).join("");
  /** With so many of its 128 bits turned, wherever they are. */
  const turned = (mark: string, count: number): string => {
    const places = new Set<number>();
    while (places.size < count) places.add(Math.floor(next() * 128));
    const digits = [...mark];
    for (const place of places) {
      const at = place >> 2;
      digits[at] = (Number.parseInt(digits[at]!, 16) ^ (1 << (place & 3))).toString(16);
    }
    return digits.join("");
  };

  it("hold every neighbour up to fifteen bits away, and none beyond, as comparing all with all would find", async () => {
    const originals = Array.from({ length: 300 }, random);
    const list = originals.flatMap((mark, place) => (place < 100 ? [mark, turned(mark, place % 20)] : [mark]));
    const groups = await alikeGroups(list, atOnce);
    const found = new Set(groups.map((group) => group.join("-")));
    let expected = 0;
    for (let place = 0; place < 100; place++) {
      const isNear = place % 20 <= 15;
      if (isNear) expected++;
      expect(found.has(`${2 * place}-${2 * place + 1}`), `seed ${seed}, ${place % 20} bits`).toBe(isNear);
    }
    expect(groups).toHaveLength(expected);
  });

  it("have one leader that all others look like, and share no picture", async () => {
    const mark = random();
    const list = Array.from({ length: 40 }, (_, place) => turned(mark, place % 12));
    const groups = await alikeGroups(list, atOnce);
    const members = groups.flat();
    expect(new Set(members).size).toBe(members.length);
    for (const [leader, ...others] of groups)
      for (const other of others) expect(looksAlike(list[leader!]!, list[other]!)).toBe(true);
  });

  it("keep apart what has one shape in other colours", async () => {
    const mark = random();
    const recoloured = `${mark.slice(0, 32)}${[...mark.slice(32)].map((digit, at) => (at % 2 ? digit : ((Number.parseInt(digit, 16) + 8) % 16).toString(16))).join("")}`;
    expect(await alikeGroups([mark, recoloured], atOnce)).toEqual([]);
  });

  it("are found among a hundred thousand", { timeout: 120_000 }, async () => {
    const list = Array.from({ length: 100_000 }, random);
    const copies = list.slice(0, 200).map((mark) => turned(mark, 9));
    const groups = await alikeGroups([...list, ...copies], atOnce);
    expect(groups).toEqual(copies.map((_, place) => [place, 100_000 + place]));
  });

  it("stay quick where thousands are the same", { timeout: 60_000 }, async () => {
    const mark = random();
    const groups = await alikeGroups(
      Array.from({ length: 20_000 }, () => mark),
      atOnce,
    );
    expect(groups.map(({ length }) => length)).toEqual([20_000]);
  });
});
