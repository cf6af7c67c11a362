import { loadImage } from "@napi-rs/canvas";
import { describe, expect, it } from "vitest";
import type { Chart } from "../../src/charts/chart.ts";
import { drawChart } from "../../src/charts/draw.ts";
import { hasFonts } from "../../src/charts/fonts.ts";
import { cutLabel } from "../../src/charts/labels.ts";

const NAMES = [
  "Anna Кравченко",
  "משפחה של דוד",
  "家庭聊天室",
  "👩‍👩‍👧 Mum 🎉",
  "عائلة",
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

describe.skipIf(!hasFonts())("a chart", () => {
  it.each(CHARTS.map((chart) => [chart.kind, chart] as const))(
    "of the kind %s is drawn whole, light and dark, and leaves nothing behind",
    async (_, chart) => {
      for (const theme of ["light", "dark"] as const) {
        const png = await drawChart(chart, { theme });
        const { width, height } = await loadImage(png!);
        expect([width, height > 300]).toEqual([1500, true]);
      }
      // Whatever were put off would fail by now, since the chart is put away.
      await new Promise((resolve) => setTimeout(resolve, 60));
    },
  );
});

it("cuts a label between letters as people see them, and drops what turns text around", () => {
  expect(cutLabel("\u202Eab\u0000c", 9)).toBe("ab c");
  expect(cutLabel("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 2)).toBe("👩‍👩‍👧…");
});
