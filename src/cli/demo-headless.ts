/** The demo without a page: one whole download by the phone, every file compared with what the sandbox sent. */
import { join } from "node:path";
import { demoPhone, type PhoneMessage } from "./demo-phone.ts";
import type { DemoStage } from "./demo-stage.ts";
import { hashesBelow } from "./hashes.ts";

const REPLY_WITHIN_MS = 30_000;
const DONE_WITHIN_MS = 15 * 60_000;
const CHAT = "news";

/** True when every file of @news is on disk, byte for byte, and nothing else is. */
export async function headlessRun(stage: DemoStage, print: (line: string) => void): Promise<boolean> {
  const phone = demoPhone(stage.ready.control);
  const fromBot = async () => (await phone.messages()).filter(({ from }) => from === "bot");
  const awaitMessage = async (what: string, withinMs: number, matches: (message: PhoneMessage) => boolean) => {
    const deadline = Date.now() + withinMs;
    while (Date.now() < deadline) {
      const found = (await fromBot()).find(matches);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new Error(`The bot wrote no ${what} within ${withinMs / 1000} s.`);
  };

  await phone.say("/start");
  const hello = await awaitMessage("greeting", REPLY_WITHIN_MS, () => true);
  print(`/start → ${firstLine(hello)}`);

  const started = Date.now();
  await phone.say(`/download @${CHAT}`);
  const answer = await awaitMessage("answer to /download", REPLY_WITHIN_MS, ({ id }) => id > hello.id);
  print(`/download @${CHAT} → ${firstLine(answer)}`);
  const end = await awaitMessage(
    "end message",
    DONE_WITHIN_MS,
    ({ id, text }) => id > answer.id && /^(✅|❌)/u.test(text),
  );
  print(
    end.text
      .split("\n")
      .map((line) => `    ${line}`)
      .join("\n"),
  );

  const chat = (await phone.chats()).find(({ username }) => username === CHAT);
  if (!chat) throw new Error(`This world has no chat @${CHAT}: use --world demo.`);
  const truth = (await phone.files(chat.chatId)).map(({ sha256 }) => sha256).sort();
  const found = [...(await hashesBelow(join(stage.folder, "downloads"))).values()].sort();
  const same = truth.length === found.length && truth.every((hash, index) => hash === found[index]);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  print(
    `${found.length} files on disk, ${truth.length} in the chat, ${same ? "every byte the same" : "NOT the same"}; ${seconds} s.`,
  );
  return same && truth.length > 0 && end.text.startsWith("✅");
}

const firstLine = ({ text }: PhoneMessage) => text.split("\n")[0] ?? "";
