/** One run: a chat, its preview, the yes, something that goes wrong, the end, and what is left. */
import { preview } from "../../support/deleting.ts";
import type { PhoneMessage } from "../../support/phone.ts";
import { tap, untilOver } from "./hand.ts";
import { judge, type Outcome } from "./judge.ts";
import type { Lane } from "./lane.ts";
import { type Scene, TROUBLES } from "./troubles.ts";

const KINDS = ["private", "group", "supergroup", "supergroup", "channel", "saved"] as const;
const MOST = 100_000;

export interface RunResult {
  faults: string[];
  line: string;
  previewed: number;
  deleted: number;
  /** Neither deleted by us nor by others. */
  kept: number;
  questions: number;
  /** How often what was ordered has struck. */
  struck: number;
}

export async function oneRun(lane: Lane, n: number, name: string, next: () => number): Promise<RunResult> {
  const { sandbox, book } = lane;
  const { control } = sandbox;
  const trouble = TROUBLES[name]!;
  const made = await makeChat(lane, n, next);
  const previews: { shown: PhoneMessage; id: string; frozen: Outcome["frozen"] }[] = [];
  for (let phone = 0; phone < (trouble.twice ? 2 : 1); phone++) {
    const shown = await preview(sandbox, made.words);
    const [newest] = (await book.deletions.list({}, { limit: 1, offset: 0 })).deletions;
    if (!newest || newest.chatId !== made.chatId) throw new Error("the preview is not that of the newest deletion");
    if ((newest.summary?.count ?? 0) === 0) return { ...NOTHING, line: `${made.kind}, nothing to delete` };
    previews.push({ shown, id: newest.id, frozen: await book.deletions.items(newest.id, {}, MOST) });
  }
  const [{ shown }] = previews as [(typeof previews)[number]];
  const scene: Scene = { ...lane, next, chatId: made.chatId, ids: made.ids, shown, takenByOthers: new Set() };
  await trouble.before?.(scene);
  const taps = Array.from({ length: trouble.taps ?? 1 }, () => previews.map((one) => tap(lane, one.shown, /^🗑/u)));
  // The yes may be late by much, where the bot is told to wait.
  await Promise.all([...taps.flat(), trouble.during?.(scene)]);
  const asked: number[][] = [];
  for (const one of previews) asked.push([one.shown.id, ...(await untilOver(lane, one.shown, one.id, next))]);
  const struck = (await control.faults.list()).reduce((sum, fault) => sum + fault.struck, 0);

  const left = await idsIn(lane, made.chatId);
  const gone = new Set(made.ids.filter((id) => !left.has(id)));
  const outcomes: Outcome[] = [];
  for (const [at, { id, frozen }] of previews.entries()) {
    const items = await book.deletions.items(id, {}, MOST);
    outcomes.push({ deletion: (await book.deletions.get(id))!, items, frozen, messageIds: asked[at]! });
  }
  const messages = await sandbox.phone.messages();
  const faults = judge({ outcomes, gone, takenByOthers: scene.takenByOthers, messages });
  const deleted = outcomes.flatMap(({ items }) => items).filter(({ state }) => state === "deleted").length;
  const states = outcomes.map(({ deletion }) => deletion.state).join(" and ");
  return {
    faults,
    line: `${made.kind}, ${deleted} of ${made.ids.length} deleted, ${states}`,
    previewed: previews[0]!.frozen.length,
    deleted,
    kept: made.ids.length - gone.size,
    questions: asked.flat().length - previews.length,
    struck,
  };
}

const NOTHING = { faults: [], previewed: 0, deleted: 0, kept: 0, questions: 0, struck: 0 };

async function makeChat({ sandbox }: Lane, n: number, next: () => number) {
  const { world } = sandbox.control;
  const me = sandbox.ready.owner.id;
  const kind = KINDS[Math.floor(next() * KINDS.length)]!;
  const ownerIs = kind === "channel" || next() < 0.5 ? "admin" : "member";
  const size = next();
  const count = Math.floor(size < 0.6 ? 3 + next() * 28 : size < 0.85 ? 101 + next() * 130 : 30 + next() * 70);
  const word = `drill${n}x`;
  const ownAlone = next() < 0.5;
  const chatId =
    kind === "saved" ? me : await world.addChat({ kind, title: `Drill ${n}`, username: `drill_${n}`, ownerIs });
  const ids = await world.addMessages(
    chatId,
    Array.from({ length: count }, (_, at) => ({
      text: `${word} ${at}`,
      ...(kind !== "channel" && kind !== "saved" && next() < 0.6 ? { from: me } : {}),
      ...(next() < 0.05 ? { media: { type: "document", size: 2_000 + at, name: `d${at}.bin` } } : {}),
    })),
  );
  const chat = kind === "saved" ? `me ${word}` : kind === "group" ? String(chatId) : `@drill_${n}`;
  return { kind, chatId, ids, words: ownAlone && kind !== "channel" && kind !== "saved" ? `${chat} from:me` : chat };
}

async function idsIn({ sandbox }: Lane, chatId: number): Promise<Set<number>> {
  const left = new Set<number>();
  for (let offsetId = 0; ; ) {
    const { messages } = await sandbox.control.world.messages(chatId, { limit: 100, offsetId });
    if (messages.length === 0) return left;
    for (const { id } of messages) left.add(id);
    offsetId = Math.min(...messages.map(({ id }) => id));
  }
}
