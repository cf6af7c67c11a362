/** A sample of random questions in five scripts through the bot, against the world's own texts read one by one. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { awaitEnd } from "../support/downloads.ts";
import { type Program, startProgram } from "../support/program.ts";
import { seededRandom } from "../support/random.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";
import { allMessages } from "../support/world-statistics.ts";

const SCRIPTS = {
  latin: "invoice lunch river stone window harvest Berlin PAPER ticket".split(" "),
  cyrillic: "рахунок обід вікно камінь Київ урожай БІЛЕТ озеро".split(" "),
  hebrew: "חשבונית שלום חלון אבן ירושלים כרטיס אגם".split(" "),
  arabic: "فاتورة سلام نافذة حجر بيروت تذكرة".split(" "),
  chinese: "北京办公室 我们去吃饭 发票在这里 窗户和石头 今天的午饭".split(" "),
};
const QUESTIONS = 60;
const { seed, next } = seededRandom();
const below = (count: number) => Math.floor(next() * count);
const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;

let sandbox: Sandbox;
let program: Program;
/** Text and file name of every message, as the world has them, in lower case. */
let texts: string[];

beforeAll(async () => {
  sandbox = await startSandbox();
  const { world } = sandbox.control;
  const chatId = await world.addChat({ kind: "channel", title: "Words", username: "many_words" });
  const all = Object.values(SCRIPTS).flat();
  const sentence = () => Array.from({ length: 1 + below(7) }, () => pick(all)).join(pick([" ", ", ", " – ", "\n"]));
  await world.addMessages(
    chatId,
    Array.from({ length: 300 }, (_, n) => ({
      text: sentence(),
      ...(n % 10 === 0
        ? { media: { type: "document", size: 500 + n, name: `${pick(all)}_${n}.pdf`, mimeType: "application/pdf" } }
        : {}),
    })),
  );
  const messages = await allMessages(sandbox.control, chatId);
  texts = messages.map(({ text, media }) => `${text} ${media?.name ?? ""}`.toLowerCase());
  program = await startProgram({ sandbox });
  await awaitEnd(sandbox, await sandbox.phone.say("/scan @many_words"));
}, 300_000);
afterAll(async () => {
  await program?.remove();
  await sandbox?.stop();
});

/** As a reader would: a word among words; in a script without spaces any stretch of signs. */
function has(text: string, word: string): boolean {
  if (/\p{Script=Han}/u.test(word)) return text.includes(word);
  const words = text.split(/[^\p{L}\p{N}\p{M}]+/u);
  return word.endsWith("*") ? words.some((one) => one.startsWith(word.slice(0, -1))) : words.includes(word);
}

function question(): { ask: string; wanted: string[]; not: string[] } {
  const word = () => {
    const script = pick(Object.keys(SCRIPTS)) as keyof typeof SCRIPTS;
    const found = pick(SCRIPTS[script]).toLowerCase();
    if (script === "chinese") {
      const start = below(found.length - 1);
      return found.slice(start, start + 1 + below(3));
    }
    return next() < 0.3 ? `${found.slice(0, 3)}*` : found;
  };
  const wanted = Array.from({ length: 1 + below(2) }, word);
  const not = next() < 0.25 ? [word()] : [];
  return { ask: [...wanted, ...not.map((one) => `-${one}`)].join(" "), wanted, not };
}

it(`answers ${QUESTIONS} random questions with as many messages as contain the words`, async () => {
  let empty = 0;
  for (let n = 0; n < QUESTIONS; n++) {
    const { ask, wanted, not } = question();
    const expected = texts.filter(
      (text) => wanted.every((word) => has(text, word)) && !not.some((word) => has(text, word)),
    ).length;
    const asked = await sandbox.phone.say(`/search ${ask}`);
    const { text } = await sandbox.phone.waitFor(/^(🔎|No results)/u, { after: asked });
    const found = /^🔎 ([\d,]+) results? /u.exec(text)?.[1]?.replaceAll(",", "") ?? "0";
    if (expected === 0) empty++;
    expect([ask, Number(found)], `seed ${seed}`).toEqual([ask, expected]);
  }
  // A sample of nothing would prove nothing.
  expect(empty).toBeLessThan(QUESTIONS / 2);
});
