/**
 * Deletes a chat of 1,000 messages with media and albums, posts them again, and compares every text and every file with
 * the originals. `--messages` changes how many.
 */
import { createHash } from "node:crypto";
import { allowDeleting, awaitDone, confirm, lastDeletion, preview } from "../support/deleting.ts";
import { startProgram } from "../support/program.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";

const POST_WITHIN_MS = 30 * 60_000;

export async function run(options: ReadonlyMap<string, string>, say: (line: string) => void): Promise<string[]> {
  const count = Number(options.get("messages") ?? 1_000);
  const sandbox = await startSandbox();
  const program = await startProgram({ sandbox });
  const faults: string[] = [];
  try {
    await allowDeleting(program, 1, 10_000_000);
    const chatId = await sandbox.control.world.addChat({
      kind: "supergroup",
      title: "Thousand",
      username: "thousand",
      ownerIs: "admin",
      messages: { count, mediaShare: 0.5, sizeMin: 500, sizeMax: 20_000, albums: true, duplicates: 0 },
    });
    const before = await messagesOf(sandbox, chatId);
    say(`${before.length} messages, ${before.filter(({ sha256 }) => sha256).length} of them with a file.`);
    const shown = await preview(sandbox, "@thousand");
    await confirm(sandbox, shown);
    say((await awaitDone(sandbox, shown.id, 10 * 60_000)).text.split("\n")[0] ?? "");
    const { deletion, items } = await lastDeletion(program);
    const deleted = new Set(items.filter(({ state }) => state === "deleted").map(({ messageId }) => messageId));
    const gone = before.filter(({ id }) => deleted.has(id));
    const kept = new Set(before.filter(({ id }) => !deleted.has(id)).map(({ id }) => id));

    const asked = await sandbox.phone.say(`/restore ${deletion.number}`);
    await sandbox.phone.press(/same chat/, { after: asked });
    await sandbox.phone.press(/^▶️ Post/u, { after: asked });
    const end = await sandbox.phone.waitFor(/^(✅|❌)/u, { after: asked, timeoutMs: POST_WITHIN_MS });
    say(end.text);
    const after = (await messagesOf(sandbox, chatId)).filter(({ id }) => !kept.has(id));
    if (after.length !== gone.length) faults.push(`${gone.length} messages went, ${after.length} came back`);
    for (const [at, one] of gone.entries()) {
      const back = after[at];
      if (!back) break;
      if (!back.text.startsWith("↩️ Re-post · ")) faults.push(`${back.id} does not say that it is a re-post`);
      const words = back.text.slice(back.text.indexOf("\n\n") + 2);
      if (one.text !== "" && words !== one.text) faults.push(`${one.id}: “${words}” instead of “${one.text}”`);
      if (one.sha256 !== back.sha256) faults.push(`${one.id}: the file is another one`);
    }
    const print = createHash("sha256").update(JSON.stringify(gone.map(({ text, sha256 }) => [text, sha256])));
    say(`${gone.length} compared, ${faults.length} differ (${print.digest("hex").slice(0, 12)}).`);
    return faults;
  } finally {
    await program.remove();
    await sandbox.stop();
  }
}

/** In order, oldest first; service messages cannot be deleted and are left out. */
async function messagesOf({ control }: Sandbox, chatId: number) {
  const files = new Map((await control.world.files(chatId)).map((file) => [file.messageId, file.sha256]));
  const found: { id: number; text: string; sha256: string | null }[] = [];
  for (let offsetId = 0; ; ) {
    const { messages } = await control.world.messages(chatId, { limit: 100, offsetId });
    if (messages.length === 0) return found.sort((a, b) => a.id - b.id);
    for (const { id, text, service } of messages) if (!service) found.push({ id, text, sha256: files.get(id) ?? null });
    offsetId = Math.min(...messages.map(({ id }) => id));
  }
}
