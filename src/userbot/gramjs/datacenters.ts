/**
 * Lines to every data centre that is needed: opened when first asked for, shared, thrown away when they break. A key
 * is made once per data centre and kept; a foreign one learns who we are by one exported authorization.
 */
import { setMaxListeners } from "node:events";
import { AuthKey } from "telegram/crypto/AuthKey.js";
import { LAYER } from "telegram/tl/AllTLObjects.js";
import { Api } from "telegram/tl/index.js";
import { FatalError } from "../../core/errors.ts";
import type { AddressBook } from "./address.ts";
import { KeyUnknown, LineBroken } from "./fault.ts";
import { exchangeKey } from "./key-exchange.ts";
import { Line } from "./line.ts";
import type { GramjsLog } from "./log.ts";
import type { Session } from "./session.ts";
import { Wire } from "./wire.ts";

/** Files have lines of their own, so that a question is never queued behind a megabyte. */
export type Lane = "calls" | "files";
const LINES: Record<Lane, number> = { calls: 1, files: 2 };

const CONNECT_TIMEOUT_MS = 10_000;
const SETUP_DEADLINE_MS = 20_000;

export interface Application {
  apiId: number;
  apiHash: string;
  version: string;
  /** After how long a connection that owes an answer counts as dead. */
  silenceMs?: number;
  /** Hears what Telegram says unasked; without it Telegram is told not to. */
  onUpdate?: (update: unknown) => void;
}

export class DataCenters {
  readonly #book: AddressBook;
  readonly #session: Session;
  readonly #application: Application;
  readonly #log: GramjsLog;
  readonly #lines = new Map<string, Line[]>();
  readonly #opening = new Map<string, Promise<Line>>();
  readonly #onceAtATime = new Map<string, Promise<void>>();
  readonly #timeOffsets = new Map<number, number>();
  readonly #closing = new AbortController();

  constructor(book: AddressBook, session: Session, application: Application, log: GramjsLog) {
    this.#book = book;
    this.#session = session;
    this.#application = application;
    this.#log = log;
    setMaxListeners(0, this.#closing.signal);
  }

  get homeDc(): number {
    return this.#session.homeDc;
  }

  /** The line with least to do. Opens another one while all are busy and the lane allows it. */
  async line(dcId: number, lane: Lane): Promise<Line> {
    if (this.#closing.signal.aborted) throw new LineBroken("The connection was closed.");
    const place = `${dcId}:${lane}`;
    const lines = (this.#lines.get(place) ?? []).filter(({ broken }) => !broken.aborted);
    this.#lines.set(place, lines);
    const least = lines.sort((a, b) => a.inFlight - b.inFlight)[0];
    if (least && (least.inFlight === 0 || lines.length >= LINES[lane] || this.#opening.has(place))) return least;
    const opening = this.#opening.get(place) ?? this.#open(dcId, lane, place);
    // Busy lines go on while another one is being opened.
    if (least) {
      opening.catch(() => {});
      return least;
    }
    return opening;
  }

  #open(dcId: number, lane: Lane, place: string): Promise<Line> {
    const opening = this.#make(dcId)
      .then(async (line) => {
        if (this.#closing.signal.aborted) {
          await line.close();
          throw new LineBroken("The connection was closed.");
        }
        this.#lines.set(place, [...(this.#lines.get(place) ?? []), line]);
        this.#log.info(`opened a line to data centre ${dcId} for ${lane}`);
        return line;
      })
      .finally(() => this.#opening.delete(place));
    this.#opening.set(place, opening);
    return opening;
  }

  async #make(dcId: number): Promise<Line> {
    // The account may live elsewhere than at the one address that the settings name: that one knows the others.
    if (!this.#book.get(dcId) && dcId !== this.#book.firstDc)
      await this.#once("addresses", async () => (await this.#connect(this.#book.firstDc)).close());
    const line = await this.#connect(dcId);
    try {
      if (dcId !== this.homeDc && this.#session.userId !== null && !this.#session.isAuthorized(dcId))
        await this.#once(`auth:${dcId}`, () => this.#importAuthorization(line));
      return line;
    } catch (error) {
      await line.close();
      throw error;
    }
  }

  /** A line that has introduced itself, and may be a stranger's. */
  async #connect(dcId: number): Promise<Line> {
    const address = this.#book.get(dcId);
    if (!address) throw new FatalError(`The address of data centre ${dcId} is not known.`, "CONFIG");
    await this.#once(`key:${dcId}`, () => this.#ensureKey(dcId));
    const wire = new Wire({ ...address, connectTimeoutMs: CONNECT_TIMEOUT_MS });
    let line: Line | null = null;
    try {
      await connected(wire);
      const authKey = new AuthKey();
      await authKey.setKey(this.#session.keyOf(dcId)!);
      line = new Line(dcId, authKey, wire, this.#log, {
        timeOffset: this.#timeOffsets.get(dcId) ?? 0,
        silenceMs: this.#application.silenceMs,
        onUpdate: this.#application.onUpdate,
      });
      await line.open();
      await this.#introduce(line);
      return line;
    } catch (error) {
      if (line) await line.close();
      else await wire.disconnect();
      if (error instanceof KeyUnknown && dcId !== this.homeDc) this.forgetKey(dcId);
      throw error;
    }
  }

  async #ensureKey(dcId: number): Promise<void> {
    if (this.#session.keyOf(dcId)) return;
    const wire = new Wire({ ...this.#book.get(dcId)!, connectTimeoutMs: CONNECT_TIMEOUT_MS });
    const timer = setTimeout(() => wire.disconnect(), SETUP_DEADLINE_MS);
    try {
      await connected(wire);
      const { key, timeOffset } = await exchangeKey(wire, this.#closing.signal);
      this.#session.setKey(dcId, key);
      this.#timeOffsets.set(dcId, timeOffset);
      if (this.#session.userId !== null) this.#session.save();
    } catch (error) {
      if (error instanceof LineBroken || error instanceof FatalError) throw error;
      throw new LineBroken("The key exchange was cut off.", { cause: error });
    } finally {
      clearTimeout(timer);
      await wire.disconnect();
    }
  }

  /** What every new connection says first; the answer tells where all data centres are. */
  async #introduce(line: Line): Promise<void> {
    const { apiId, version } = this.#application;
    const getConfig = new Api.help.GetConfig();
    const query = new Api.InvokeWithLayer({
      layer: LAYER,
      query: new Api.InitConnection({
        apiId,
        deviceModel: "Telegram Utilities",
        systemVersion: `Node.js ${process.versions.node}`,
        appVersion: version,
        systemLangCode: "en",
        langPack: "",
        langCode: "en",
        query: this.#application.onUpdate ? getConfig : new Api.InvokeWithoutUpdates({ query: getConfig }),
      }),
    });
    const config = await line.request(query, this.#setup());
    if (config instanceof Api.Config) this.#book.learn(config.dcOptions);
  }

  async #importAuthorization(line: Line): Promise<void> {
    if (this.#session.isAuthorized(line.dcId)) return;
    const home = await this.line(this.homeDc, "calls");
    const { id, bytes } = await home.request(new Api.auth.ExportAuthorization({ dcId: line.dcId }), this.#setup());
    await line.request(new Api.auth.ImportAuthorization({ id, bytes }), this.#setup());
    this.#session.setAuthorized(line.dcId, true);
    this.#session.save();
  }

  /** A foreign data centre that has lost us: the next line makes a new key and imports once more. */
  forgetKey(dcId: number): void {
    this.#session.dropKey(dcId);
    for (const lane of ["calls", "files"] as const)
      for (const line of this.#lines.get(`${dcId}:${lane}`) ?? []) line.break(new LineBroken("The key is gone."));
  }

  /** Returns when every socket is closed; nothing keeps the process alive after that. */
  async close(): Promise<void> {
    this.#closing.abort(new LineBroken("The connection was closed."));
    await Promise.allSettled([...this.#opening.values()]);
    await Promise.all([...this.#lines.values()].flat().map((line) => line.close()));
    this.#lines.clear();
  }

  #setup() {
    return { deadlineMs: SETUP_DEADLINE_MS, signal: this.#closing.signal };
  }

  /** Those who ask for the same thing at once share one doing of it. */
  #once(what: string, work: () => Promise<void>): Promise<void> {
    const running = this.#onceAtATime.get(what) ?? work().finally(() => this.#onceAtATime.delete(what));
    this.#onceAtATime.set(what, running);
    return running;
  }
}

async function connected(wire: Wire): Promise<void> {
  try {
    await wire.connect();
  } catch (cause) {
    throw new LineBroken("The data centre cannot be reached.", { cause });
  }
}
