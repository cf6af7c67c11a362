import { generateKeyPairSync, randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { AddressBook } from "../../../src/userbot/gramjs/address.ts";
import { factorize } from "../../../src/userbot/gramjs/factorize.ts";
import { LineBroken } from "../../../src/userbot/gramjs/fault.ts";
import { PacketReader } from "../../../src/userbot/gramjs/packet.ts";
import { serverKeyOf } from "../../../src/userbot/gramjs/server-keys.ts";
import { TlReader, tlString } from "../../../src/userbot/gramjs/tl-bytes.ts";

it.each([
  [0x17ed48941a08f981n, 1229739323n, 1402015859n],
  [15n, 3n, 5n],
  [49n, 7n, 7n],
])("splits %i into its two primes", (pq, p, q) => {
  expect(factorize(pq)).toEqual([p, q]);
});

it("names a key as Telegram names it, whichever PEM it comes in", () => {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const one = serverKeyOf(publicKey.export({ type: "spki", format: "pem" }).toString());
  const other = serverKeyOf(publicKey.export({ type: "pkcs1", format: "pem" }).toString());
  expect(one).toEqual(other);
  expect(() => serverKeyOf("-----BEGIN RSA PUBLIC KEY-----\nnonsense")).toThrow("TELEGRAM_SERVER_KEY");
});

it.each([0, 1, 3, 253, 254, 255, 70_000])("writes and reads %i bytes as TL does", (length) => {
  const bytes = randomBytes(length);
  const written = tlString(bytes);
  expect(written.length % 4).toBe(0);
  expect(new TlReader(written).string().equals(bytes)).toBe(true);
  expect(() => new TlReader(written.subarray(0, -4)).string()).toThrow(LineBroken);
});

it("takes no packet that is not under its key, or of another length", async () => {
  const reader = new PacketReader(randomBytes(256));
  for (const length of [5, 24, 72, 88, 1000])
    await expect(reader.open(randomBytes(length), 1n)).rejects.toThrow(LineBroken);
});

it("dials what the settings name, and Telegram's own doors where they name nothing", () => {
  const own = new AddressBook(null, false);
  expect([1, 2, 3, 4, 5].every((id) => own.get(id) !== null)).toBe(true);
  const named = new AddressBook({ id: 2, host: "127.0.0.1", port: 4430 }, false);
  expect([named.firstDc, named.get(2), named.get(1)]).toEqual([2, { host: "127.0.0.1", port: 4430 }, null]);
});
