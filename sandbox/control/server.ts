import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Builder } from "../world/builder.ts";
import { Refusal } from "../world/types.ts";
import type { LocalWorld } from "../world/world.ts";
import { answer, BadRequest, Fields, readJson } from "./json.ts";
import { type Route, routesOf } from "./routes.ts";

export interface ControlOptions {
  port?: number;
  builder: Builder;
  botId: number;
  /** Accounts by the name a test calls them. */
  hands: Record<string, number>;
  /** POST /stop. */
  onStop: () => void;
}

/** Opens the control door on loopback. */
export async function startControl(
  world: LocalWorld,
  options: ControlOptions,
): Promise<{ url: string; close(): Promise<void> }> {
  const routes = routesOf(world, options);
  const server = createServer((request, response) => {
    void serve(routes, request, response);
  });
  server.keepAliveTimeout = 60_000;
  await listen(server, options.port ?? 0);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => close(server) };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function serve(routes: Map<string, Route>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const name = `${request.method} ${url.pathname}`;
  try {
    if (!fromThisMachine(request)) throw new BadRequest("The control door answers to this machine's own names only.");
    const route = routes.get(name);
    if (!route) {
      answer(response, 404, { error: `There is no ${name}. There are: ${[...routes.keys()].join(", ")}.` });
      return;
    }
    const query = Fields.of(url.searchParams);
    const body = request.method === "POST" ? await readJson(request) : query;
    answer(response, 200, await route(body, query));
  } catch (error) {
    const status = error instanceof Refusal || error instanceof BadRequest ? 400 : 500;
    if (!response.headersSent)
      answer(response, status, { error: error instanceof Error ? error.message : String(error) });
  }
}

/** A web page elsewhere must not reach it by a name of its own that leads here. */
function fromThisMachine(request: IncomingMessage): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? "");
}
