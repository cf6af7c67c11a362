/**
 * How long the owner waits for an answer while the program is at full work: five files at once over a line without a
 * limit, and a question every half second. Also how late the event loop of the program is meanwhile.
 *
 *   --seconds=30   how long to ask
 *   --files=large  large (12 of 300 MB) or small (20,000 of a few KB)
 */
import { startProgram } from "../../test/support/program.ts";
import { startSandbox } from "../../test/support/sandbox.ts";

const QUESTIONS: Record<string, RegExp> = { "/jobs": /🧾/, "/status": /🩺/, "/settings": /⚙️/, "/chats": /💬/ };
const MB = 1_000_000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export async function run(options: ReadonlyMap<string, string>, say: (line: string) => void): Promise<object> {
  const seconds = Number(options.get("seconds") ?? 30);
  const isSmall = options.get("files") === "small";
  const sandbox = await startSandbox();
  const program = await startProgram({
    sandbox,
    env: { NODE_OPTIONS: `--import=${new URL("./loop-delay.mjs", import.meta.url).href}` },
  });
  const { phone } = sandbox;
  try {
    const sizes = isSmall
      ? { files: 20_000, sizeMin: 500, sizeMax: 5_000 }
      : { files: 12, sizeMin: 300 * MB, sizeMax: 300 * MB };
    await sandbox.addChannel({ username: "busy", title: "Busy", ...sizes });
    const asked = await phone.say("/download @busy");
    if (isSmall) await phone.press(/Start/, { after: asked, timeoutMs: 120_000 });
    const count = async () => (await sandbox.control.rpcs({ door: "mtproto", method: "upload.getFile" })).rpcs.length;
    while ((await count()) === 0) await pause(200);

    const from = program.lines().length;
    const took = new Map(Object.keys(QUESTIONS).map((question) => [question, [] as number[]]));
    for (const end = Date.now() + seconds * 1_000; Date.now() < end; )
      for (const [question, times] of took) times.push(await answerTime(question));
    const loop = program
      .lines()
      .slice(from)
      .filter((line) => line.startsWith('{"loop"'))
      .map((line) => (JSON.parse(line) as { loop: Record<"p50" | "p99" | "max" | "busy", number> }).loop);
    const answers = Object.fromEntries([...took].map(([question, times]) => [question, summary(times)]));
    const delay = {
      p50: summary(loop.map(({ p50 }) => p50)).median,
      p99: summary(loop.map(({ p99 }) => p99)).median,
      max: summary(loop.map(({ max }) => max)).max,
      busyPercent: summary(loop.map(({ busy }) => busy)).median,
    };
    for (const [question, { median, max }] of Object.entries(answers))
      say(`${question}: median ${median} ms, longest ${max} ms`);
    say(
      `event loop: late by ${delay.p50} ms (median), ${delay.p99} ms (99 %), at most ${delay.max} ms; busy ${delay.busyPercent} %`,
    );
    return { files: isSmall ? "small" : "large", seconds, answers, eventLoopDelayMs: delay };
  } finally {
    await program.remove();
    await sandbox.stop();
  }

  async function answerTime(question: string): Promise<number> {
    const began = performance.now();
    const after = await phone.say(question);
    const pattern = QUESTIONS[question]!;
    for (;;) {
      if ((await phone.answers(after)).some(({ text }) => pattern.test(text))) break;
      if (performance.now() - began > 60_000) throw new Error(`${question} was not answered within a minute.`);
      await pause(20);
    }
    const ms = Math.round(performance.now() - began);
    await pause(500);
    return ms;
  }
}

function summary(values: number[]): { times: number; median: number; max: number } {
  const sorted = [...values].sort((a, b) => a - b);
  return { times: sorted.length, median: sorted[sorted.length >> 1] ?? 0, max: sorted.at(-1) ?? 0 };
}
