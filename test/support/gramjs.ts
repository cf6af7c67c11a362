/** The unmodified GramJS client, pointed at a data centre of the sandbox by its public options alone. */
import { createHash, createPublicKey } from "node:crypto";
import bigInt from "big-integer";
import { TelegramClient } from "telegram";
import { _serverKeys } from "telegram/crypto/RSA.js";
import { Logger, LogLevel } from "telegram/extensions/Logger.js";
import { ConnectionTCPFull } from "telegram/network/index.js";
import { StringSession } from "telegram/sessions/index.js";
import type { MtprotoWorld } from "./mtproto-world.ts";

export function trust(pem: string): void {
  const jwk = createPublicKey(pem).export({ format: "jwk" });
  const n = Buffer.from(String(jwk.n), "base64url");
  const e = Buffer.from(String(jwk.e), "base64url");
  const wire = Buffer.concat([tlBytes(n), tlBytes(e)]);
  const fingerprint = createHash("sha1").update(wire).digest().readBigInt64LE(12);
  _serverKeys.set(String(fingerprint), { n: bigInt(n.toString("hex"), 16), e: Number(`0x${e.toString("hex")}`) });
}

function tlBytes(bytes: Buffer): Buffer {
  const head =
    bytes.length < 254 ? Buffer.from([bytes.length]) : Buffer.from([254, bytes.length & 255, bytes.length >> 8, 0]);
  const padding = (4 - ((head.length + bytes.length) % 4)) % 4;
  return Buffer.concat([head, bytes, Buffer.alloc(padding)]);
}

/** A client that knows where the data centres are; `startDc` is the one it dials first. */
export function gramjs({ server, world }: Pick<MtprotoWorld, "server" | "world">, startDc = 2): TelegramClient {
  trust(server.serverKey);
  class LocalConnection extends ConnectionTCPFull {
    constructor(parameters: ConstructorParameters<typeof ConnectionTCPFull>[0]) {
      const dc = server.dcs.find((each) => each.id === parameters.dcId) ?? server.dcs[1]!;
      super({ ...parameters, ip: dc.host, port: dc.port });
    }
  }
  const session = new StringSession("");
  session.setDC(startDc, "127.0.0.1", 443);
  const client = new TelegramClient(session, world.apiId, world.apiHash, {
    connection: LocalConnection,
    connectionRetries: 2,
    requestRetries: 3,
    autoReconnect: false,
    floodSleepThreshold: 0,
    baseLogger: new Logger(LogLevel.NONE),
  });
  // Their ping loop keeps a process alive past its client; nothing here lives long enough to need it.
  Object.assign(client, { _loopStarted: true });
  return client;
}

export async function login(
  client: TelegramClient,
  owner: { phone: string | null; code: string; password: string | null },
) {
  await client.start({
    phoneNumber: async () => owner.phone ?? "",
    phoneCode: async () => owner.code,
    password: async () => owner.password ?? "",
    onError: async (error) => {
      throw error;
    },
  });
}

/** What Telegram called its refusal. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return error instanceof Error && "errorMessage" in error ? String(error.errorMessage) : String(error);
  }
  return "nothing was refused";
}
