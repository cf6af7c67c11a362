/** Pictures of numbers, drawn on this machine: a chart goes in, a PNG comes out. */
import { createCanvas } from "@napi-rs/canvas";
import { BarChart, HeatmapChart } from "echarts/charts";
import { GridComponent, TitleComponent, VisualMapComponent } from "echarts/components";
import { type EChartsCoreOption, init, setPlatformAPI, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import type { Chart, ChartLook } from "./chart.ts";
import { familiesFor } from "./fonts.ts";
import { illegible } from "./legible.ts";
import { type Colours, coloursOf } from "./look.ts";
import { optionOf } from "./options.ts";

const WIDTH = 1000;
/** Phones show pictures about as wide as this at twice the dots. */
const SCALE = 1.5;
let isReady = false;

/** The weight of ordinary letters: our fonts have all weights in one, and begin with the thinnest. */
const WEIGHT = "'wght' 400";

export interface DrawnChart {
  png: Uint8Array;
  /** Letters that stand as boxes in it, since neither we nor the system have a font for them. */
  illegible: string[];
}

export async function drawChart(chart: Chart, look: ChartLook): Promise<DrawnChart> {
  prepare();
  const texts = textsOf(chart);
  const families = familiesFor(texts);
  const width = look.width ?? WIDTH;
  const height = look.height ?? heightOf(chart);
  const canvas = createCanvas(width * SCALE, height * SCALE);
  const colours = coloursOf(look.theme);
  const drawn = init(canvas as unknown as Parameters<typeof init>[0], null, {
    renderer: "canvas",
    width,
    height,
    devicePixelRatio: SCALE,
  });
  try {
    canvas.getContext("2d").fontVariationSettings = WEIGHT;
    drawn.setOption({ ...whole(colours, families), ...optionOf(chart, colours, { width, families }) });
    drawn.getZr().flush();
    return { png: await canvas.encode("png"), illegible: illegible(texts) };
  } finally {
    drawn.dispose();
  }
}

function prepare(): void {
  if (isReady) return;
  use([BarChart, HeatmapChart, GridComponent, TitleComponent, VisualMapComponent, CanvasRenderer]);
  const ruler = createCanvas(8, 8).getContext("2d");
  ruler.fontVariationSettings = WEIGHT;
  type Platform = Parameters<typeof setPlatformAPI>[0];
  setPlatformAPI({
    // A clock that stands still: nothing is put off to a later frame, when the chart is gone already.
    getTime: () => 0,
    createCanvas: () => createCanvas(8, 8) as unknown as ReturnType<NonNullable<Platform["createCanvas"]>>,
    measureText: (text = "", font) => {
      if (font) ruler.font = font;
      // The canvas takes no U+0000, which is measured along with all of ASCII.
      return { width: ruler.measureText(text.replaceAll("\0", " ")).width };
    },
  });
  isReady = true;
}

const whole = (colours: Colours, families: string): EChartsCoreOption => ({
  animation: false,
  backgroundColor: colours.background,
  textStyle: { fontFamily: families, color: colours.text },
});

/** Everything that is written in it. */
function textsOf(chart: Chart): string[] {
  const { title, subtitle } = chart;
  if (chart.kind === "week") return [title, subtitle, ...chart.weekdays];
  return [title, subtitle, ...chart.bars.flatMap(({ label, text }) => [label, text])];
}

function heightOf(chart: Chart): number {
  if (chart.kind === "bars") return 130 + Math.max(3, chart.bars.length) * 48;
  return chart.kind === "week" ? 460 : 520;
}
