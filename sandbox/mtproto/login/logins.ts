import { randomBytes } from "node:crypto";
import type { World } from "../../world/types.ts";
import { refuse } from "../rpc/call.ts";
import { SrpChallenge } from "./srp.ts";

const CODE_SECONDS = 300;
const TICKET_SECONDS = 60;
const MAX_TRIES = 5;

interface SentCode {
  phone: string;
  until: number;
  tries: number;
}

interface Ticket {
  accountId: number;
  loginHash: string;
  dcId: number;
  until: number;
}

/** Logins on their way: codes sent, passwords asked for, accounts carried from one data centre to the other. */
export class Logins {
  readonly #world: World;
  readonly #codes = new Map<string, SentCode>();
  /** By auth key: who has given the right code and must still give the password. */
  readonly #pending = new Map<string, number>();
  readonly #challenges = new Map<bigint, { challenge: SrpChallenge; accountId: number }>();
  readonly #wrongPasswords = new Map<number, number>();
  readonly #tickets = new Map<string, Ticket>();

  constructor(world: World) {
    this.#world = world;
  }

  /** "Sends" a code and gives the hash by which the client names it. */
  sendCode(phone: string): string {
    const hash = randomBytes(9).toString("hex");
    this.#codes.set(hash, { phone, until: this.#world.clock.now() + CODE_SECONDS, tries: 0 });
    return hash;
  }

  cancelCode(hash: string): boolean {
    return this.#codes.delete(hash);
  }

  /** Throws unless this is the code that was sent to that phone; a right one is used up. */
  checkCode(phone: string, hash: string, code: string): void {
    if (hash === "") refuse(400, "PHONE_CODE_HASH_EMPTY");
    if (code === "") refuse(400, "PHONE_CODE_EMPTY");
    const sent = this.#codes.get(hash);
    if (!sent || sent.phone !== phone || sent.until < this.#world.clock.now()) refuse(400, "PHONE_CODE_EXPIRED");
    // Telegram tells nobody whether a number without an account had the right code; any of five digits passes there.
    const right = this.#world.accountByPhone(phone)?.code ?? (/^\d{5}$/.test(code) ? code : null);
    if (code !== right) {
      sent.tries++;
      if (sent.tries >= MAX_TRIES) this.#codes.delete(hash);
      refuse(400, "PHONE_CODE_INVALID");
    }
    this.#codes.delete(hash);
  }

  awaitPassword(keyHex: string, accountId: number): void {
    this.#pending.set(keyHex, accountId);
  }

  awaitedBy(keyHex: string): number | null {
    return this.#pending.get(keyHex) ?? null;
  }

  passwordGiven(keyHex: string): void {
    this.#pending.delete(keyHex);
  }

  challenge(accountId: number, password: string): SrpChallenge {
    const challenge = new SrpChallenge(password);
    this.#challenges.set(challenge.id, { challenge, accountId });
    if (this.#challenges.size > 100) {
      const [oldest] = this.#challenges.keys();
      this.#challenges.delete(oldest!);
    }
    return challenge;
  }

  checkPassword(accountId: number, srpId: bigint, clientPublic: Buffer, proof: Buffer): void {
    if ((this.#wrongPasswords.get(accountId) ?? 0) >= MAX_TRIES) refuse(420, "FLOOD_WAIT_60");
    const found = this.#challenges.get(srpId);
    this.#challenges.delete(srpId);
    if (!found || found.accountId !== accountId) refuse(400, "SRP_ID_INVALID");
    if (!found.challenge.check(clientPublic, proof)) {
      this.#wrongPasswords.set(accountId, (this.#wrongPasswords.get(accountId) ?? 0) + 1);
      refuse(400, "PASSWORD_HASH_INVALID");
    }
    this.#wrongPasswords.delete(accountId);
  }

  /** A login to be taken to another data centre. */
  exportTo(dcId: number, accountId: number, loginHash: string): Buffer {
    const bytes = randomBytes(128);
    const until = this.#world.clock.now() + TICKET_SECONDS;
    this.#tickets.set(bytes.toString("hex"), { accountId, loginHash, dcId, until });
    return bytes;
  }

  import(dcId: number, accountId: number, bytes: Buffer): Ticket {
    const name = bytes.toString("hex");
    const ticket = this.#tickets.get(name);
    this.#tickets.delete(name);
    const valid =
      ticket && ticket.dcId === dcId && ticket.accountId === accountId && ticket.until >= this.#world.clock.now();
    return valid ? ticket : refuse(400, "AUTH_BYTES_INVALID");
  }
}
