/**
 * Deletes a chat of 1,020 messages with media and albums, a dozen of them Telegram's own words, posts it again, and compares
 * every text, file and album with the originals. `--messages` changes how many.
 */
import { createHash } from "node:crypto";
import { allowDeleting, awaitDone, confirm, lastDeletion, preview } from "../support/deleting.ts";
import { startProgram } from "../support/program.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";

const POST_WITHIN_MS = 30 * 60_000;

export async function run(options: ReadonlyMap<string, string>, say: (line: string) => void): Promise<string[]> {
  const count = Number(options.get("messages") ?? 1_020);
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
    const withFile = before.filter(({ sha256 }) => sha256).length;
    const service = await serviceOf(sandbox, chatId);
    say(`${count} ordered: ${before.length} messages (${withFile} with a file) and ${words(service)}.`);
    const shown = await preview(sandbox, "@thousand");
    await confirm(sandbox, shown);
    say((await awaitDone(sandbox, shown.id, 10 * 60_000)).text.split("\n")[0] ?? "");
    const { deletion, items } = await lastDeletion(program);
    // What people say is deleted and posted again whole; what Telegram itself says is neither.
    if (items.filter(({ state }) => state === "deleted").length !== before.length)
      faults.push(`${before.length} messages were there, ${items.length} were in the preview`);
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
    const albums = new Map<string, string>();
    for (const [at, one] of gone.entries()) {
      const back = after[at];
      if (!back) break;
      if (!back.text.startsWith("↩️ Re-post · ")) faults.push(`${back.id} does not say that it is a re-post`);
      const said = back.text.slice(back.text.indexOf("\n\n") + 2);
      if (one.text !== "" && said !== one.text) faults.push(`${one.id}: “${said}” instead of “${one.text}”`);
      if (one.text === "" && one.sha256 === null && !back.text.includes("\n\n"))
        faults.push(`${one.id}: what it was is not told`);
      if (one.album !== null) {
        const album = albums.get(one.album) ?? back.album;
        if (back.album === null || back.album !== album) faults.push(`${one.id}: it stood in an album`);
        else albums.set(one.album, back.album);
      }
      if (one.sha256 !== back.sha256) faults.push(`${one.id}: the file is another one`);
    }
    const print = createHash("sha256").update(JSON.stringify(gone.map(({ text, sha256 }) => [text, sha256])));
    const grouped = gone.filter(({ album }) => album !== null).length;
    const digest = print.digest("hex").slice(0, 12);
    say(`${gone.length} compared, ${grouped} of them in ${albums.size} albums, ${faults.length} differ (${digest}).`);
    return faults;
  } finally {
    await program.remove();
    await sandbox.stop();
  }
}

/** In order, oldest first; service messages cannot be deleted and are left out. */
async function messagesOf({ control }: Sandbox, chatId: number) {
  const files = new Map((await control.world.files(chatId)).map((file) => [file.messageId, file.sha256]));
  const found: { id: number; text: string; sha256: string | null; album: string | null }[] = [];
  for (let offsetId = 0; ; ) {
    const { messages } = await control.world.messages(chatId, { limit: 100, offsetId });
    if (messages.length === 0) return found.sort((a, b) => a.id - b.id);
    for (const { id, text, service, groupedId: album } of messages)
      if (!service) found.push({ id, text, sha256: files.get(id) ?? null, album });
    offsetId = Math.min(...messages.map(({ id }) => id));
  }
}

/** What Telegram itself says in a chat, by kind: no account can delete or post that. */
async function serviceOf({ control }: Sandbox, chatId: number): Promise<Map<string, number>> {
  const kinds = new Map<string, number>();
  for (let offsetId = 0; ; ) {
    const { messages } = await control.world.messages(chatId, { limit: 100, offsetId });
    if (messages.length === 0) return kinds;
    for (const { service } of messages) if (service) kinds.set(service.type, (kinds.get(service.type) ?? 0) + 1);
    offsetId = Math.min(...messages.map(({ id }) => id));
  }
}

const words = (kinds: ReadonlyMap<string, number>): string =>
  `${[...kinds.values()].reduce((sum, one) => sum + one, 0)} service messages (${[...kinds].map(([kind, n]) => `${n} ${kind}`).join(", ")})`;
