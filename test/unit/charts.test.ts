import { GlobalFonts, loadImage } from "@napi-rs/canvas";
import { describe, expect, it } from "vitest";
import type { Chart } from "../../src/charts/chart.ts";
import { drawChart } from "../../src/charts/draw.ts";
import { familiesFor, lettersBeyond } from "../../src/charts/fonts.ts";
import { cutLabel } from "../../src/charts/labels.ts";
import { illegible } from "../../src/charts/legible.ts";

const NAMES = [
  "Anna Кравченко",
  "משפחה של דוד",
  "家庭聊天室",
  "👩‍👩‍👧 Mum 🎉",
  "عائلة",
  "ひらがな 한국어",
  "Ελληνικά हिन्दी",
  "\u202Eevil\u0000 \uD800",
  "x".repeat(400),
];
const frame = { title: "Family", subtitle: "all time (Europe/Kyiv)" };
const bars = NAMES.map((label, n) => ({ label, value: n * n, text: String(n * n) }));
const CHARTS: Chart[] = [
  { kind: "bars", ...frame, bars },
  { kind: "bars", ...frame, bars: [] },
  {
    kind: "columns",
    ...frame,
    bars: Array.from({ length: 72 }, (_, n) => ({ label: `${n}`, value: n, text: `${n}` })),
  },
  {
    kind: "week",
    ...frame,
    weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    values: Array.from({ length: 7 }, (_, day) => Array.from({ length: 24 }, (_, hour) => day * hour)),
  },
];

describe("a chart", () => {
  it.each(CHARTS.map((chart) => [chart.kind, chart] as const))(
    "of the kind %s is drawn whole, light and dark, and leaves nothing behind",
    { timeout: 30_000 },
    async (_, chart) => {
      for (const theme of ["light", "dark"] as const) {
        const drawn = await drawChart(chart, { theme });
        const { width, height } = await loadImage(drawn.png);
        expect([width, height > 300]).toEqual([1500, true]);
        expect(drawn.illegible).toEqual([]);
      }
      // Whatever were put off would fail by now, since the chart is put away.
      await new Promise((resolve) => setTimeout(resolve, 60));
    },
  );

  it("writes names of most scripts in fonts of its own, on a machine that has none", () => {
    expect(lettersBeyond(NAMES)).toEqual([]);
    const names = familiesFor(NAMES);
    for (const family of [
      "noto-sans-latin",
      "noto-sans-cyrillic",
      "noto-sans-hebrew-hebrew",
      "noto-sans-arabic-arabic",
    ])
      expect(names).toContain(`"${family}"`);
    for (const [name, family] of [
      ["家庭", "noto-sans-sc"],
      ["한국어", "noto-sans-kr"],
      ["🎉", "noto-emoji"],
    ] as const) {
      const own = familiesFor([name]);
      expect(own).toContain(family);
      // Only the parts that are needed are loaded and looked through.
      expect(own.split(", ").filter((part) => part.includes("noto-sans-sc")).length).toBeLessThan(6);
    }
    const there = new Set(GlobalFonts.families.map(({ family }) => family));
    for (const family of names.match(/"(noto-[^"]+)"/g) ?? [])
      expect(there.has(family.slice(1, -1)), family).toBe(true);
  });

  it("says which letters it could only draw as boxes, of those that its own fonts do not have", () => {
    expect(illegible(NAMES)).toEqual([]);
    const rare = ["ꯍ", "ա", "𐎀", "ქ"];
    // The system may have a font for them, or not; what it says must be among these.
    expect(lettersBeyond(["Anna", ...rare])).toEqual(rare);
    for (const letter of illegible(["Anna", "家庭", ...rare])) expect(rare).toContain(letter);
  });
});

it("cuts a label between letters as people see them, and drops what turns text around", () => {
  expect(cutLabel("\u202Eab\u0000c", 9)).toBe("ab c");
  expect(cutLabel("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 2)).toBe("👩‍👩‍👧…");
});
