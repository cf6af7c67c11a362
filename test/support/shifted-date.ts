/**
 * Loaded before a program (`node --import`): its wall clock is ahead of the machine's by the seconds in the file
 * `clock-shift` of its folder, as if somebody were setting the clock while it runs. What counts steadily, such as
 * performance.now() and timers, is not moved, as with a real clock that is set.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const LOOK_EVERY_MS = 50;
const file = join(process.cwd(), "clock-shift");
const RealDate = Date;
let shiftMs = 0;

function look(): void {
  try {
    shiftMs = Number(readFileSync(file, "utf8")) * 1_000 || 0;
  } catch {
    shiftMs = 0;
  }
}
look();
setInterval(look, LOOK_EVERY_MS).unref();

globalThis.Date = new Proxy(RealDate, {
  apply: () => new RealDate(RealDate.now() + shiftMs).toString(),
  construct(target, words: [], made) {
    return Reflect.construct(target, words.length === 0 ? [RealDate.now() + shiftMs] : words, made);
  },
  get(target, name, receiver) {
    if (name === "now") return () => RealDate.now() + shiftMs;
    return Reflect.get(target, name, receiver);
  },
});
