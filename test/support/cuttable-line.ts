/** A line to a server that can be cut, as between two machines: a TCP relay on a port of its own. */
import { once } from "node:events";
import { createConnection, createServer, type Socket } from "node:net";

export interface CuttableLine {
  port: number;
  /** Connections end, and new ones are refused at once. */
  cut(): void;
  /** Nothing comes through any more, and nobody is told. */
  hold(): void;
  restore(): void;
  remove(): Promise<void>;
}

export async function lineTo(port: number, host = "127.0.0.1"): Promise<CuttableLine> {
  const sockets = new Set<Socket>();
  let isCut = false;
  let held = false;
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = createConnection({ port, host });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes) => {
        to.write(bytes);
      });
      from.on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
      if (held) from.pause();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    hold() {
      held = true;
      for (const socket of sockets) socket.pause();
    },
    restore() {
      isCut = false;
      held = false;
      for (const socket of sockets) socket.resume();
    },
    async remove() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
