/** Loaded before the program: says every second on stderr how late its event loop was, and how much of it was busy. */
import { monitorEventLoopDelay, performance } from "node:perf_hooks";

if (process.argv[1]?.endsWith("main.ts")) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  let last = performance.eventLoopUtilization();
  setInterval(() => {
    const { utilization } = performance.eventLoopUtilization(last);
    last = performance.eventLoopUtilization();
    const [p50, p99, max] = [delay.percentile(50), delay.percentile(99), delay.max].map((ns) => Math.round(ns / 1e6));
    const loop = { p50, p99, max, busy: Math.round(utilization * 100) };
    process.stderr.write(`${JSON.stringify({ loop })}\n`);
    delay.reset();
  }, 1_000).unref();
}
