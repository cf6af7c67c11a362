import { createServer, type Server } from "node:net";
import type { World } from "../world/types.ts";
import type { Backend, DcAddress } from "./backend.ts";
import { Connection } from "./connection.ts";
import { ServerKey } from "./crypto/rsa.ts";
import { Cdn } from "./files/cdn.ts";
import { Uploads } from "./files/uploads.ts";
import { KeyRing } from "./keys/key-ring.ts";
import { LoginTokens } from "./login/login-tokens.ts";
import { Logins } from "./login/logins.ts";
import { RandomIds } from "./rpc/random-ids.ts";
import { Takeouts } from "./rpc/takeouts.ts";
import { Sessions } from "./session/sessions.ts";
import { MessageIds } from "./wire/message-ids.ts";

export interface MtprotoOptions {
  host?: string;
  /** Of data centre 1 and 2; 0 takes any that is free. */
  ports?: readonly [number, number];
  /** Answers from so many bytes on are gzipped, file parts never; 0 = none. */
  gzipFrom?: number;
  report?: (what: string, error: unknown) => void;
}

export interface Mtproto {
  dcs: DcAddress[];
  /** The RSA public key (PEM) that clients must know. */
  serverKey: string;
  close(): Promise<void>;
}

/** Starts the world's two data centres on loopback. */
export async function startMtproto(world: World, options: MtprotoOptions = {}): Promise<Mtproto> {
  const ids = new MessageIds(world.clock);
  const backend: Backend = {
    world,
    serverKey: ServerKey.fromPem(world.keys.serverKey(() => ServerKey.generate().privatePem())),
    ring: new KeyRing(world),
    ids,
    sessions: new Sessions(ids, world.clock),
    logins: new Logins(world),
    tokens: new LoginTokens(),
    uploads: new Uploads(),
    cdn: new Cdn(world),
    randomIds: new RandomIds(),
    takeouts: new Takeouts(),
    dcs: [],
    gzipFrom: options.gzipFrom ?? 4096,
    report: options.report ?? ((what, error) => console.error(`sandbox: ${what}:`, error)),
  };
  const host = options.host ?? "127.0.0.1";
  const connections = new Set<Connection>();
  const servers: Server[] = [];
  for (const [index, port] of (options.ports ?? [0, 0]).entries()) {
    const dcId = index + 1;
    const server = createServer((socket) => {
      const connection = new Connection(socket, dcId, backend);
      connections.add(connection);
      socket.on("close", () => connections.delete(connection));
    });
    backend.dcs.push({ id: dcId, host, port: await listen(server, host, port) });
    servers.push(server);
  }
  return {
    dcs: backend.dcs,
    serverKey: backend.serverKey.publicPem,
    async close() {
      for (const session of [...backend.sessions.all()]) backend.sessions.close(session);
      const closed = servers.map((server) => new Promise<void>((done) => server.close(() => done())));
      for (const connection of connections) connection.close();
      await Promise.all(closed);
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}
