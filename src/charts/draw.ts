/** Pictures of numbers, drawn on this machine: a chart goes in, a PNG comes out. Null where the machine has no fonts. */
import { createCanvas } from "@napi-rs/canvas";
import { BarChart, HeatmapChart } from "echarts/charts";
import { GridComponent, TitleComponent, VisualMapComponent } from "echarts/components";
import { type EChartsCoreOption, init, setPlatformAPI, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import type { Chart, ChartLook } from "./chart.ts";
import { fontFamilies, hasFonts } from "./fonts.ts";
import { type Colours, coloursOf } from "./look.ts";
import { optionOf } from "./options.ts";

const WIDTH = 1000;
/** Phones show pictures about as wide as this at twice the dots. */
const SCALE = 1.5;
let isReady = false;

export function drawChart(chart: Chart, look: ChartLook): Promise<Uint8Array> | null {
  if (!hasFonts()) return null;
  prepare();
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
    drawn.setOption({ ...whole(colours), ...optionOf(chart, colours, width) });
    drawn.getZr().flush();
    return canvas.encode("png");
  } finally {
    drawn.dispose();
  }
}

function prepare(): void {
  if (isReady) return;
  use([BarChart, HeatmapChart, GridComponent, TitleComponent, VisualMapComponent, CanvasRenderer]);
  const ruler = createCanvas(8, 8).getContext("2d");
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

const whole = (colours: Colours): EChartsCoreOption => ({
  animation: false,
  backgroundColor: colours.background,
  textStyle: { fontFamily: fontFamilies(), color: colours.text },
});

function heightOf(chart: Chart): number {
  if (chart.kind === "bars") return 130 + Math.max(3, chart.bars.length) * 48;
  return chart.kind === "week" ? 460 : 520;
}
