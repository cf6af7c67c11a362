import { createCipheriv, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { BadFrame } from "../../../../sandbox/mtproto/transport/framing.ts";
import { Transport } from "../../../../sandbox/mtproto/transport/transport.ts";

const SMALL = Buffer.alloc(24, 7);
const LARGE = Buffer.alloc(2048, 9);

function u32(...numbers: number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [index, number] of numbers.entries()) bytes.writeUInt32LE(number >>> 0, index * 4);
  return bytes;
}

function abridged(payload: Buffer): Buffer {
  const words = payload.length / 4;
  return Buffer.concat([words < 127 ? Buffer.from([words]) : u32((words << 8) | 0x7f), payload]);
}

function intermediate(payload: Buffer): Buffer {
  return Buffer.concat([u32(payload.length), payload]);
}

function full(payload: Buffer, number: number): Buffer {
  const body = Buffer.concat([u32(payload.length + 12, number), payload]);
  return Buffer.concat([body, u32(crc32(body))]);
}

/** What a client sends first when it obfuscates, and the keys that follow from it. */
function obfuscated(tag: number) {
  const head = randomBytes(64);
  head.writeUInt32LE(0x12345678, 0);
  head.writeUInt32LE(0x9abcdef0, 4);
  head.writeUInt32LE(tag, 56);
  const reversed = Buffer.from(head.subarray(8, 56)).reverse();
  const out = createCipheriv("aes-256-ctr", head.subarray(8, 40), head.subarray(40, 56));
  const back = createCipheriv("aes-256-ctr", reversed.subarray(0, 32), reversed.subarray(32, 48));
  const sealed = out.update(head);
  return { start: Buffer.concat([head.subarray(0, 56), sealed.subarray(56)]), out, back };
}

const streams: [string, string, Buffer][] = [
  ["full", "full", Buffer.concat([full(SMALL, 0), full(LARGE, 1)])],
  ["abridged", "abridged", Buffer.concat([Buffer.from([0xef]), abridged(SMALL), abridged(LARGE)])],
  ["intermediate", "intermediate", Buffer.concat([u32(0xeeeeeeee), intermediate(SMALL), intermediate(LARGE)])],
  ["padded", "padded", Buffer.concat([u32(0xdddddddd), intermediate(SMALL), intermediate(LARGE)])],
];

function receiveAll(stream: Buffer, cuts: number[]): { packets: Buffer[]; transport: Transport } {
  const transport = new Transport();
  const packets: Buffer[] = [];
  let from = 0;
  for (const cut of [...cuts, stream.length]) {
    packets.push(...transport.receive(Buffer.from(stream.subarray(from, cut))));
    from = cut;
  }
  return { packets, transport };
}

describe.each(streams)("the %s transport", (_title, name, stream) => {
  it("is recognised, and its packets are the same wherever TCP cuts the stream", () => {
    for (let cut = 0; cut <= stream.length; cut++) {
      const { packets, transport } = receiveAll(stream, [cut]);
      expect(transport.name).toBe(name);
      expect(packets.map((packet) => packet.length)).toEqual([SMALL.length, LARGE.length]);
      expect(packets[1]!.equals(LARGE)).toBe(true);
    }
  });

  it("survives a stream that arrives byte by byte", () => {
    const { packets } = receiveAll(
      stream,
      Array.from({ length: stream.length - 1 }, (_, index) => index + 1),
    );
    expect(packets.map((packet) => packet.length)).toEqual([SMALL.length, LARGE.length]);
  });

  it("answers in the framing it was spoken to", () => {
    const { transport } = receiveAll(stream, []);
    const { transport: reader } = receiveAll(stream.subarray(0, 0), []);
    const answer = Buffer.concat(transport.frame([SMALL.subarray(0, 8), SMALL.subarray(8)]));
    const start = name === "full" ? Buffer.alloc(0) : stream.subarray(0, name === "abridged" ? 1 : 4);
    const [packet] = reader.receive(Buffer.concat([start, answer]));
    expect(packet!.subarray(0, SMALL.length).equals(SMALL)).toBe(true);
  });
});

describe("obfuscation", () => {
  it.each([
    ["abridged", 0xefefefef, abridged],
    ["intermediate", 0xeeeeeeee, intermediate],
    ["padded", 0xdddddddd, intermediate],
  ])("hides the %s transport both ways, cut anywhere", (name, tag, frame) => {
    for (let cut = 0; cut < 110; cut++) {
      const { start, out, back } = obfuscated(tag);
      const stream = Buffer.concat([start, out.update(frame(SMALL)), out.update(frame(LARGE))]);
      const { packets, transport } = receiveAll(stream, [cut]);
      expect(transport.name).toBe(`obfuscated ${name}`);
      expect(packets[1]!.equals(LARGE)).toBe(true);
      const answer = back.update(Buffer.concat(transport.frame([SMALL])));
      const body = answer.subarray(name === "abridged" ? 1 : 4);
      expect(body.subarray(0, SMALL.length).equals(SMALL)).toBe(true);
    }
  });

  it("refuses a stream that opens to no transport", () => {
    const { start } = obfuscated(0x31313131);
    expect(() => receiveAll(start, [])).toThrow(BadFrame);
  });
});

describe("a broken stream", () => {
  it("ends with a wrong checksum", () => {
    const broken = Buffer.from(streams[0]![2]);
    broken[12]! ^= 1;
    expect(() => receiveAll(broken, [])).toThrow("checksum");
  });

  it("ends with a packet out of order", () => {
    expect(() => receiveAll(Buffer.concat([full(SMALL, 0), full(SMALL, 5)]), [])).toThrow("order");
  });

  it("ends with a packet longer than any that Telegram takes", () => {
    expect(() => receiveAll(u32(0xeeeeeeee, 0x7fffffff), [])).toThrow(BadFrame);
  });

  it("asks for quick acknowledgements in vain, but is understood", () => {
    const { packets } = receiveAll(Buffer.concat([u32(0xeeeeeeee, (SMALL.length | 0x80000000) >>> 0), SMALL]), []);
    expect(packets).toHaveLength(1);
  });
});
