import { describe, expect, it } from "vitest";
import type { TlConstructor, TlType } from "../../../../sandbox/tl/parse.ts";
import { TlReader } from "../../../../sandbox/tl/reader.ts";
import { mtprotoSchema, type Schema, schemaOf } from "../../../../sandbox/tl/schema.ts";
import type { TlObject, TlValue } from "../../../../sandbox/tl/value.ts";
import { TlWriter } from "../../../../sandbox/tl/writer.ts";
import { seededRandom } from "../../../support/random.ts";

const MAX_DEPTH = 3;

/** Random values of any constructor of a schema. Deep down it takes the shortest way out. */
class Maker {
  readonly schema: Schema;
  readonly random: () => number;

  constructor(schema: Schema, random: () => number) {
    this.schema = schema;
    this.random = random;
  }

  object(form: TlConstructor, depth: number): TlObject {
    const object: TlObject = { _: form.name };
    const taken = new Map<string, boolean>();
    for (const { name, type, flag } of form.params) {
      if (type.kind === "flags") continue;
      if (flag) {
        const bit = `${flag.field}.${flag.bit}`;
        if (!taken.has(bit)) taken.set(bit, depth < MAX_DEPTH && this.random() < 0.5);
        if (!taken.get(bit)) continue;
      }
      object[name] = this.value(type, depth);
    }
    return object;
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => Math.floor(this.random() * 256)));
  }

  value(type: TlType, depth: number): TlValue {
    switch (type.kind) {
      case "int":
        return Math.floor((this.random() - 0.5) * 0xffffffff) | 0;
      case "long":
        return this.bytes(8).readBigInt64LE();
      case "double":
        return this.random() * 1e9;
      case "string":
        return "Ж🦊x".repeat(Math.floor(this.random() * 40));
      case "bytes":
        return this.bytes(Math.floor(this.random() * 300));
      case "int128":
        return this.bytes(16);
      case "int256":
        return this.bytes(32);
      case "true":
        return true;
      case "Bool":
        return this.random() < 0.5;
      case "vector": {
        const length = depth >= MAX_DEPTH ? 0 : Math.floor(this.random() * 3);
        return Array.from({ length }, () => this.value(type.item, depth + 1));
      }
      case "bare":
        return this.object(this.schema.named(type.name)!, depth + 1);
      case "query":
        return this.object(this.schema.named("help.getConfig")!, depth + 1);
      case "object": {
        const forms = [...this.schema.ofType(type.type)].sort((a, b) => a.params.length - b.params.length);
        const index = depth >= MAX_DEPTH ? 0 : Math.floor(this.random() * forms.length);
        return this.object(forms[index]!, depth + 1);
      }
      default:
        throw new Error(type.kind);
    }
  }
}

describe.each([
  ["198", schemaOf(198)],
  ["227", schemaOf(227)],
  ["of the service messages", mtprotoSchema],
])("layer %s", (_name, schema) => {
  it("gives back every constructor and every method with random values as they were written", () => {
    const maker = new Maker(schema, seededRandom(20).next);
    let read = 0;
    for (const form of schema.all) {
      if (form.name === "gzip_packed") continue; // Reading it gives what is inside.
      // The emptiest way through a type can still be a circle; such forms never occur on the wire either.
      let object: TlObject;
      try {
        object = maker.object(form, 0);
      } catch (error) {
        if (error instanceof RangeError) continue;
        throw error;
      }
      const written = Buffer.from(new TlWriter(schema).object(object).result());
      const reader = new TlReader(written, schema);
      expect(reader.object(), form.name).toEqual(object);
      expect(reader.left, form.name).toBe(0);
      expect(written.length % 4, form.name).toBe(0);
      read++;
    }
    expect(read).toBeGreaterThan(schema.all.length * 0.97);
  });
});

describe("reading", () => {
  const pong = Buffer.from("c5737734" + "0100000000000000" + "ffffffffffffffff", "hex");

  it("knows a pong from its bytes", () => {
    expect(new TlReader(pong, mtprotoSchema).object()).toEqual({ _: "pong", msg_id: 1n, ping_id: -1n });
  });

  it("refuses whatever ends too early", () => {
    for (let length = 0; length < pong.length; length++) {
      expect(() => new TlReader(pong.subarray(0, length), mtprotoSchema).object()).toThrow();
    }
  });

  it("does not believe a vector that is longer than its packet", () => {
    const lie = Buffer.alloc(20);
    lie.writeUInt32LE(0x62d6b459, 0);
    lie.writeUInt32LE(0x1cb5c415, 4);
    lie.writeInt32LE(0x7fffffff, 8);
    expect(() => new TlReader(lie, mtprotoSchema).object()).toThrow("INPUT_FETCH_FAIL");
  });

  it("reads the newer layer's objects for a client of the older one", () => {
    const written = new TlWriter(schemaOf(227)).object({ _: "messages.getForumTopics", peer: { _: "inputPeerSelf" } });
    expect(new TlReader(written.result(), schemaOf(198)).object()._).toBe("messages.getForumTopics");
  });
});

describe("writing", () => {
  const user: TlObject = { _: "user", id: 5, first_name: "Ada", send_paid_messages_stars: 1n };

  it("answers each client in its own layer, dropping what that layer does not know", () => {
    const old = Buffer.from(new TlWriter(schemaOf(200)).object(user).result());
    const recent = Buffer.from(new TlWriter(schemaOf(230)).object(user).result());
    expect(old.readUInt32LE(0)).toBe(schemaOf(198).named("user")!.id);
    expect(recent.readUInt32LE(0)).toBe(schemaOf(227).named("user")!.id);
    expect(new TlReader(old, schemaOf(198)).object()).toEqual({ _: "user", id: 5n, first_name: "Ada" });
    expect(new TlReader(recent, schemaOf(227)).object()).toMatchObject({ send_paid_messages_stars: 1n });
  });

  it("fills required fields that were left out with their emptiest value", () => {
    const written = new TlWriter(schemaOf(198)).object({ _: "dialog", peer: { _: "peerUser", user_id: 1 } });
    expect(new TlReader(written.result(), schemaOf(198)).object()).toMatchObject({
      top_message: 0,
      notify_settings: { _: "peerNotifySettings" },
    });
  });

  it("says where an answer does not fit the schema", () => {
    const wrong = { _: "messages.chats", chats: [{ _: "chatForbidden", id: 1, title: "" }, { _: "noSuchThing" }] };
    expect(() => new TlWriter(schemaOf(198)).object(wrong)).toThrow("noSuchThing");
  });
});
