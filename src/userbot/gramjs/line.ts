/**
 * One connection to one data centre, over GramJS's MTProtoSender. It lives as long as its socket: what breaks is thrown
 * away and its requests rejected, so that whoever asked decides what is asked again, where, and after what pause.
 */
import { setMaxListeners } from "node:events";
import bigInt from "big-integer";
import type { AuthKey } from "telegram/crypto/AuthKey.js";
import { BinaryReader } from "telegram/extensions/index.js";
import { MTProtoSender } from "telegram/network/index.js";
import { TLMessage } from "telegram/tl/core/index.js";
import { Api } from "telegram/tl/index.js";
import { KeyUnknown, LineBroken, RpcFault, Unanswered, Unreadable } from "./fault.ts";
import type { GramjsLog } from "./log.ts";
import { gunzip, ID, type InnerMessage, PacketReader } from "./packet.ts";
import { probeSender, type SenderInside } from "./probe.ts";
import type { Wire } from "./wire.ts";

/** With something asked and not one byte heard for so long, the connection is dead whatever TCP believes. */
const SILENCE_MS = 15_000;
const PING_EVERY_MS = 45_000;
/** The server closes the connection itself when it has missed two pings. */
const DISCONNECT_DELAY_S = 120;
const TICK_MS = 1_000;
/** Two late answers in a row on a connection that lives: something between us loses messages. */
const MISSES_ALLOWED = 2;

export interface LineOptions {
  /** The difference between the server's clock and ours, in seconds. */
  timeOffset: number;
  silenceMs?: number;
  onUpdate?: (update: unknown) => void;
}

export interface RequestOptions {
  deadlineMs: number;
  signal: AbortSignal;
}

export class Line {
  readonly dcId: number;
  readonly broken: AbortSignal;
  /** Requests asked and not answered yet: the pool gives work to the line that has least. */
  inFlight = 0;
  readonly #breaking = new AbortController();
  readonly #sender: MTProtoSender;
  readonly #inside: SenderInside;
  readonly #wire: Wire;
  readonly #log: GramjsLog;
  #reader: PacketReader | null = null;
  #timer: NodeJS.Timeout | null = null;
  #misses = 0;
  #quietSince = Date.now();
  #lastTick = Date.now();
  #lastPing = Date.now();
  readonly #silenceMs: number;

  constructor(dcId: number, authKey: AuthKey, wire: Wire, log: GramjsLog, options: LineOptions) {
    const { timeOffset, silenceMs = SILENCE_MS, onUpdate } = options;
    this.dcId = dcId;
    this.#silenceMs = silenceMs;
    this.broken = this.#breaking.signal;
    // Every request listens to it.
    setMaxListeners(0, this.broken);
    this.#wire = wire;
    this.#log = log;
    this.#sender = new MTProtoSender(authKey, {
      ...MTProtoSender.DEFAULT_OPTIONS,
      logger: log,
      dcId,
      retries: 1,
      delay: 0,
      isMainSender: false,
      client: { _errorHandler: null } as never,
      ...(onUpdate ? { updateCallback: (_client: unknown, update: unknown) => onUpdate(update) } : {}),
      securityChecks: true,
      _exportedSenderPromises: new Map(),
    });
    this.#inside = probeSender(this.#sender);
    this.#inside._state.timeOffset = timeOffset;
    // Theirs waits a second and starts again on the same object, for ever; ours is over.
    this.#sender.reconnect = () => this.break(new LineBroken("The connection broke."));
    this.#sender._recvLoop = () => this.#receive();
  }

  /** Takes a wire that is connected and whose key is known. */
  async open(): Promise<void> {
    const key = this.#sender.authKey.getKey();
    if (!key) throw new LineBroken("There is no key for this data centre.");
    this.#reader = new PacketReader(key);
    if (!(await this.#sender.connect(this.#wire as never, false))) throw new LineBroken("The connection broke.");
    this.#timer = setInterval(() => this.#tick(), TICK_MS).unref();
  }

  async request<R extends Api.AnyRequest>(
    request: R,
    { deadlineMs, signal }: RequestOptions,
  ): Promise<R["__response"]> {
    signal.throwIfAborted();
    if (this.broken.aborted) throw this.broken.reason;
    const answer = this.#sender.send(request) as Promise<R["__response"]>;
    if (this.inFlight++ === 0) this.#quietSince = Date.now();
    try {
      const value = await within(answer, deadlineMs, [signal, this.broken]);
      this.#misses = 0;
      return value;
    } catch (error) {
      if (error instanceof Unanswered && ++this.#misses >= MISSES_ALLOWED)
        this.break(new LineBroken("The data centre does not answer."));
      if (error instanceof Unanswered)
        throw new LineBroken(`${request.className} was not answered within ${deadlineMs / 1000} s.`);
      if (signal.aborted || isKnown(error)) throw error;
      // GramJS's own words for a message that the server would not take.
      throw new LineBroken(`${request.className} could not be asked.`, { cause: error });
    } finally {
      this.inFlight--;
    }
  }

  /** Ends the line: everything asked is rejected with this error. */
  break(error: LineBroken): void {
    if (this.broken.aborted) return;
    this.#log.debug(`line to ${this.dcId} broke: ${error.message}`);
    this.#breaking.abort(error);
    this.close().catch(() => {});
  }

  /** Returns when the socket is closed. */
  async close(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    if (!this.broken.aborted) this.#breaking.abort(new LineBroken("The connection was closed."));
    this.#sender.userDisconnected = true;
    this.#sender._userConnected = false;
    // Wakes their send loop, so that it ends.
    this.#inside._sendQueue.clear();
    await this.#wire.disconnect();
  }

  async #receive(): Promise<void> {
    while (!this.broken.aborted) {
      try {
        const packet = await this.#wire.recv();
        if (packet.length === 4) throw transportError(packet.readInt32LE(0));
        const messages = await this.#reader!.open(packet, BigInt(this.#inside._state.id.toString()));
        for (const message of messages) await this.#take(message);
      } catch (error) {
        this.break(error instanceof LineBroken ? error : new LineBroken("The connection broke.", { cause: error }));
      }
    }
  }

  async #take({ messageId, seqNo, body }: InnerMessage): Promise<void> {
    if (seqNo & 1) this.#inside._pendingAck.add(bigInt(messageId));
    if (body.readUInt32LE(0) === ID.rpcResult) return this.#answer(body);
    try {
      const obj = await new BinaryReader(body).tgReadObject();
      await this.#sender._processMessage(new TLMessage(bigInt(messageId), seqNo, obj));
    } catch (error) {
      // A constructor of a newer layer than ours: counted in the log, and nothing else is lost.
      this.#log.warn(`skipped a message of type ${body.readUInt32LE(0).toString(16)}: ${String(error)}`);
    }
  }

  #answer(body: Buffer): void {
    const state = this.#sender._pendingState.getAndDelete(bigInt(body.readBigInt64LE(4)));
    if (!state) return;
    let inner = body.subarray(12);
    if (inner.readUInt32LE(0) === ID.gzip) inner = gunzip(inner);
    try {
      if (inner.readUInt32LE(0) === ID.rpcError) {
        const { errorCode, errorMessage } = new BinaryReader(inner).tgReadObject() as Api.RpcError;
        state.reject(new RpcFault(errorCode, errorMessage, state.request.className));
      } else state.resolve(state.request.readResult(new BinaryReader(inner)));
    } catch (cause) {
      state.reject(
        new Unreadable(`Telegram answered ${state.request.className} in a form that this program does not know.`, {
          cause,
        }),
      );
    }
  }

  /** Watches for silence and keeps an idle line alive; time that this process was busy elsewhere does not count. */
  #tick(): void {
    const now = Date.now();
    const late = now - this.#lastTick - TICK_MS;
    this.#lastTick = now;
    if (late > TICK_MS) {
      this.#quietSince = now;
      return;
    }
    const quiet = now - Math.max(this.#wire.lastHeardAt, this.#quietSince);
    if (this.inFlight > 0 && quiet > this.#silenceMs) {
      this.break(new LineBroken("The data centre fell silent."));
      return;
    }
    if (now - this.#lastPing < PING_EVERY_MS) return;
    this.#lastPing = now;
    const ping = new Api.PingDelayDisconnect({ pingId: bigInt(now), disconnectDelay: DISCONNECT_DELAY_S });
    this.request(ping as never, { deadlineMs: 30_000, signal: this.broken }).catch(() => {});
  }
}

const isKnown = (error: unknown): boolean =>
  error instanceof LineBroken || error instanceof RpcFault || error instanceof Unreadable;

function transportError(code: number): LineBroken {
  if (code === -404) return new KeyUnknown("The data centre does not know our key.");
  return new LineBroken(`The data centre refused the connection (${code}).`);
}

/** The answer, unless the deadline or one of the signals comes first. A late answer is dropped. */
function within<T>(answer: Promise<T>, deadlineMs: number, signals: readonly AbortSignal[]): Promise<T> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener("abort", stop);
    };
    const stop = () => {
      done();
      reject(signals.find(({ aborted }) => aborted)?.reason);
    };
    const timer = setTimeout(() => {
      done();
      reject(new Unanswered());
    }, deadlineMs);
    for (const signal of signals) signal.addEventListener("abort", stop);
    answer.then(
      (value) => {
        done();
        resolve(value);
      },
      (error) => {
        done();
        reject(error);
      },
    );
  });
}
