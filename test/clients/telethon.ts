/**
 * Telethon against the sandbox: `npx tsx test/clients/telethon.ts <python>`, where that Python has telethon 1.44.0, the
 * release that speaks layer 227. Ends with 0 when what it read is what the world holds.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { startMtproto } from "../../sandbox/mtproto/server.ts";
import { smallWorld } from "../../sandbox/seeds/small.ts";
import { fileOf } from "../../sandbox/world/types.ts";

interface Seen {
  username: string;
  dialogs: number;
  messages: number;
  peerId: number;
  files: Record<string, string>;
}

const script = fileURLToPath(new URL("./telethon_client.py", import.meta.url));
const base = Math.floor(Date.now() / 1000);
const world = smallWorld({ seed: 3, base, password: "s3cret", keyFile: null });
const reports: string[] = [];
const server = await startMtproto(world, { report: (what, error) => reports.push(`${what}: ${error}`) });
const owner = world.account(world.ownerId)!;
const python = spawn(process.argv[2] ?? "python3", [script], { stdio: ["pipe", "pipe", "inherit"] });
const { apiId, apiHash } = world;
python.stdin.end(`${JSON.stringify({ ...server, homeDc: owner.homeDc, owner, apiId, apiHash })}\n`);
const output = await text(python.stdout);
await server.close();

const seen = JSON.parse(output.trim().split("\n").at(-1) ?? "null") as Seen;
const view = world.as(world.ownerId);
assert.deepEqual(reports, []);
assert.equal(seen.username, "alex");
assert.equal(seen.dialogs, view.dialogs().length);
assert.equal(seen.messages, view.history(seen.peerId, { limit: 1 }).count);
assert.equal(Object.keys(seen.files).length, 4);
for (const [id, hash] of Object.entries(seen.files)) {
  const file = fileOf(view.message(seen.peerId, Number(id))?.media);
  assert.equal(hash, file && (await world.content.sha256(file)));
}
console.log(`Telethon read ${seen.dialogs} chats, ${seen.messages} messages and 4 files, all as they are.`);
