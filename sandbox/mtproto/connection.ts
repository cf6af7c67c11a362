import type { Socket } from "node:net";
import { TlReader } from "../tl/reader.ts";
import { mtprotoSchema } from "../tl/schema.ts";
import { bytesOf } from "../tl/value.ts";
import { TlWriter } from "../tl/writer.ts";
import type { Backend } from "./backend.ts";
import { Handshake } from "./handshake/handshake.ts";
import type { AuthKey } from "./keys/auth-key.ts";
import { receive } from "./session/receive.ts";
import type { Session } from "./session/session.ts";
import { OutgoingLine } from "./transport/outgoing-line.ts";
import { Transport } from "./transport/transport.ts";
import { openPacket, plainPacket, transportError } from "./wire/packets.ts";

let connections = 0;
/** A session that nobody comes back to is forgotten. */
const FORGET_SESSION_MS = 120_000;

/** One TCP connection to a data centre: from bytes to messages and back. */
export class Connection {
  readonly number = ++connections;
  readonly dcId: number;
  readonly #backend: Backend;
  readonly #socket: Socket;
  readonly #transport = new Transport();
  readonly #line: OutgoingLine;
  readonly #sessions = new Set<Session>();
  #handshake: Handshake | undefined;
  #disconnectTimer: NodeJS.Timeout | undefined;
  #stalled = false;

  constructor(socket: Socket, dcId: number, backend: Backend) {
    this.#socket = socket;
    this.dcId = dcId;
    this.#backend = backend;
    this.#line = new OutgoingLine((pieces, cutAfter) => this.#write(pieces, cutAfter));
    socket.setNoDelay(true);
    socket.on("data", (data: Buffer) => this.#received(data));
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#closed());
  }

  /** Sends a packet at the speed of that key's line. */
  send(pieces: Buffer[], key: AuthKey | null): void {
    const name = key?.login?.authKeyId ?? key?.hex ?? "";
    const lines = this.#backend.world.lines;
    let bytes = 0;
    for (const piece of pieces) bytes += piece.length;
    this.#line.put(pieces, lines.get(name).rttMs, () => lines.book(name, bytes));
  }

  sendError(code: number): void {
    this.#line.put([transportError(code)], 0, () => 0);
  }

  /** Cuts the line, after so many bytes of what is sent next. */
  cut(afterBytes = 0): void {
    if (afterBytes > 0) this.#line.cutAfter(afterBytes);
    else this.close();
  }

  /** From now on nothing is heard and nothing said, the connection stays. */
  stall(ms: number): void {
    this.#stalled = true;
    this.#socket.pause();
    this.#line.hold();
    if (ms > 0) {
      setTimeout(() => {
        this.#stalled = false;
        this.#line.release();
        this.#socket.resume();
      }, ms).unref();
    }
  }

  close(): void {
    this.#socket.destroy();
  }

  /** The client asks to be disconnected if it says nothing for so long (ping_delay_disconnect). */
  disconnectAfter(seconds: number): void {
    clearTimeout(this.#disconnectTimer);
    this.#disconnectTimer = setTimeout(() => this.close(), Math.max(1, seconds) * 1000).unref();
  }

  /** The session sends by this connection from now on. */
  carry(session: Session): void {
    if (session.connection === this) return;
    const before = session.connection;
    session.connection = this;
    this.#sessions.add(session);
    if (before) before.#sessions.delete(session);
  }

  #received(data: Buffer): void {
    let packets: Buffer[];
    try {
      packets = this.#transport.receive(data);
    } catch {
      this.close();
      return;
    }
    for (const packet of packets) {
      if (this.#socket.destroyed || this.#stalled) return;
      this.#packet(packet);
    }
  }

  #packet(packet: Buffer): void {
    if (packet.length < 24) return;
    const keyId = packet.readBigInt64LE(0);
    if (keyId === 0n) {
      this.#exchange(packet);
      return;
    }
    const key = this.#backend.ring.find(keyId, this.dcId);
    const incoming = key ? openPacket(key, packet) : undefined;
    if (!key || !incoming) {
      this.sendError(404);
      return;
    }
    receive(this.#backend, this, key, incoming);
  }

  /** A step of the key exchange, in the clear. */
  #exchange(packet: Buffer): void {
    try {
      const request = new TlReader(packet, mtprotoSchema, 20).object();
      if (request._ === "msgs_ack") return;
      if (request._ === "req_pq_multi" || request._ === "req_pq") {
        const { serverKey, world, ring } = this.#backend;
        this.#handshake = new Handshake(
          {
            serverKey,
            dcId: this.dcId,
            now: () => world.clock.now(),
            keep: (made) => ring.add(made, this.dcId),
          },
          bytesOf(request, "nonce"),
        );
        this.#plain(new TlWriter(mtprotoSchema).object(this.#handshake.start()).result());
        return;
      }
      if (!this.#handshake) throw new Error("No exchange was begun.");
      this.#plain(new TlWriter(mtprotoSchema, 1024).object(this.#handshake.answer(request)).result());
    } catch {
      this.sendError(404);
    }
  }

  #plain(body: Buffer): void {
    this.send([plainPacket(this.#backend.ids.next("reply"), body)], null);
  }

  #write(pieces: Buffer[], cutAfter: number | null): void {
    if (this.#socket.destroyed) return;
    const framed = this.#transport.frame(pieces);
    if (cutAfter !== null) {
      this.#socket.write(Buffer.concat(framed).subarray(0, cutAfter), () => this.#socket.destroy());
      return;
    }
    this.#socket.cork();
    for (const piece of framed) this.#socket.write(piece);
    this.#socket.uncork();
  }

  #closed(): void {
    clearTimeout(this.#disconnectTimer);
    this.#line.close();
    for (const session of this.#sessions) {
      if (session.connection !== this) continue;
      session.connection = null;
      setTimeout(() => {
        if (!session.connection) this.#backend.sessions.close(session);
      }, FORGET_SESSION_MS).unref();
    }
    this.#sessions.clear();
  }
}
