/** A chart in the words of echarts. */
import type { EChartsCoreOption } from "echarts/core";
import type { Chart } from "./chart.ts";
import { cutLabel } from "./labels.ts";
import type { Colours } from "./look.ts";

const LABEL_WIDTH = 260;

/** How wide it is, and in which fonts. */
interface Frame {
  width: number;
  families: string;
}
type Font = (colour: string, size: number) => { color: string; fontSize: number; fontFamily: string };

export function optionOf(chart: Chart, colours: Colours, { width, families }: Frame): EChartsCoreOption {
  const font: Font = (colour, size) => ({ color: colour, fontSize: size, fontFamily: families });
  const title = heading(chart, colours, width, font);
  switch (chart.kind) {
    case "bars":
      return { title, ...bars(chart, colours, font) };
    case "columns":
      return { title, ...columns(chart, colours, font) };
    case "week":
      return { title, ...week(chart, colours, font) };
  }
}

const heading = ({ title, subtitle }: Chart, colours: Colours, width: number, font: Font) => ({
  text: cutLabel(title, Math.floor(width / 16)),
  subtext: cutLabel(subtitle, Math.floor(width / 10)),
  left: 24,
  top: 18,
  textStyle: { ...font(colours.text, 26), fontWeight: "bold" as const },
  subtextStyle: font(colours.faint, 18),
});

function bars(chart: Extract<Chart, { kind: "bars" }>, colours: Colours, font: Font): EChartsCoreOption {
  return {
    grid: { left: LABEL_WIDTH + 40, right: 150, top: 100, bottom: 20 },
    xAxis: { type: "value", show: false, min: 0 },
    yAxis: {
      type: "category",
      inverse: true,
      data: chart.bars.map(({ label }) => cutLabel(label, 28)),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...font(colours.text, 20), width: LABEL_WIDTH, overflow: "truncate", margin: 16, interval: 0 },
    },
    series: [
      {
        type: "bar",
        progressive: 0,
        barMaxWidth: 30,
        barMinHeight: 2,
        itemStyle: { color: colours.bar, borderRadius: [0, 4, 4, 0] },
        data: chart.bars.map(({ value, text }) => ({
          value,
          label: { show: true, position: "right", formatter: () => text, ...font(colours.text, 20) },
        })),
      },
    ],
  };
}

function columns(chart: Extract<Chart, { kind: "columns" }>, colours: Colours, font: Font): EChartsCoreOption {
  return {
    grid: { left: 90, right: 30, top: 110, bottom: 60 },
    xAxis: {
      type: "category",
      data: chart.bars.map(({ label }) => label),
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
      axisLabel: { ...font(colours.faint, 18), hideOverlap: true },
    },
    yAxis: {
      type: "value",
      minInterval: 1,
      splitLine: { lineStyle: { color: colours.line } },
      axisLabel: font(colours.faint, 18),
    },
    series: [
      {
        type: "bar",
        progressive: 0,
        barMaxWidth: 60,
        itemStyle: { color: colours.bar, borderRadius: [4, 4, 0, 0] },
        data: chart.bars.map(({ value }) => value),
      },
    ],
  };
}

function week(chart: Extract<Chart, { kind: "week" }>, colours: Colours, font: Font): EChartsCoreOption {
  const points = chart.values.flatMap((row, weekday) => row.map((value, hour) => [hour, weekday, value]));
  return {
    grid: { left: 90, right: 30, top: 110, bottom: 50 },
    xAxis: {
      type: "category",
      data: Array.from({ length: 24 }, (_, hour) => `${hour}`),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...font(colours.faint, 18), interval: 0 },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: [...chart.weekdays],
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: font(colours.text, 19),
    },
    visualMap: {
      show: false,
      min: 0,
      max: Math.max(1, ...points.map(([, , value]) => value ?? 0)),
      inRange: { color: colours.heat },
    },
    // All in one go: what is drawn later would meet a chart that is put away.
    series: [
      { type: "heatmap", progressive: 0, data: points, itemStyle: { borderColor: colours.background, borderWidth: 2 } },
    ],
  };
}
