import { createHash, randomBytes } from "node:crypto";
import { IGE } from "telegram/crypto/IGE.js";
import { expect, it } from "vitest";
import { DecryptThread, decrypt } from "../../../src/userbot/gramjs/decrypter.ts";
import { eventually } from "../../support/eventually.ts";

const sha256 = (...parts: Buffer[]) => createHash("sha256").update(Buffer.concat(parts)).digest();

/** As a server seals it: core.telegram.org/mtproto/description, with x = 8. */
function sealed(authKey: Buffer, plain: Buffer): Buffer {
  const messageKey = sha256(authKey.subarray(96, 128), plain).subarray(8, 24);
  const a = sha256(messageKey, authKey.subarray(8, 44));
  const b = sha256(authKey.subarray(48, 84), messageKey);
  const key = Buffer.concat([a.subarray(0, 8), b.subarray(8, 24), a.subarray(24, 32)]);
  const iv = Buffer.concat([b.subarray(0, 8), a.subarray(8, 24), b.subarray(24, 32)]);
  return Buffer.concat([Buffer.alloc(8), messageKey, new IGE(key, iv).encryptIge(plain)]);
}

/** True where the answer comes from elsewhere: work done in the loop is done before the loop turns. */
async function isDoneAside(work: Promise<unknown>): Promise<boolean> {
  let done = false;
  void work.then(() => {
    done = true;
  });
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  const aside = !done;
  await work;
  return aside;
}

it("opens packets of every size alike, here and in its thread, in whatever order they are asked for", async () => {
  const authKey = randomBytes(256);
  const plains = [64, 4_096, 16_384, 100_000 - (100_000 % 16), 524_288 + 64].map((length) => randomBytes(length));
  const large = sealed(authKey, randomBytes(100_000 - (100_000 % 16)));
  await eventually(() => isDoneAside(decrypt(authKey, large)), { timeoutMs: 30_000, what: "the thread" });
  const opened = await Promise.all(plains.map((plain) => decrypt(authKey, sealed(authKey, plain))));
  expect(opened.map((one, index) => one?.equals(plains[index]!))).toEqual(plains.map(() => true));
});

it("opens nothing that was changed on its way, by one bit, or sealed under another key", async () => {
  const authKey = randomBytes(256);
  for (const length of [64, 524_288]) {
    const packet = sealed(authKey, randomBytes(length));
    packet[packet.length - 1]! ^= 1;
    expect(await decrypt(authKey, packet)).toBeNull();
    expect(await decrypt(randomBytes(256), sealed(authKey, randomBytes(length)))).toBeNull();
  }
});

const script = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`);

it("does the work itself where there is no thread to be had, and what a dying one has left", async () => {
  const authKey = randomBytes(256);
  const plain = randomBytes(65_536);
  const packet = sealed(authKey, plain);
  const none = new DecryptThread(script("throw new Error('not here')"));
  expect((await none.decrypt(authKey, packet))?.equals(plain)).toBe(true);

  const dying = `import { parentPort } from "node:worker_threads";
    parentPort.on("message", () => process.exit(1)); parentPort.postMessage("ready");`;
  const thread = new DecryptThread(script(dying));
  await eventually(() => isDoneAside(Promise.resolve(thread.decrypt(authKey, packet))), { timeoutMs: 8_000 });
  expect((await thread.decrypt(authKey, packet))?.equals(plain)).toBe(true);
});
