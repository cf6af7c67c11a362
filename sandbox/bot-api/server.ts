import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { World } from "../world/types.ts";
import { type Bot, createBot } from "./bot.ts";
import { strike } from "./faults.ts";
import { fileAt, sendFile } from "./file-download.ts";
import { recorded } from "./journal.ts";
import { updateJson } from "./json/update.ts";
import { findMethod } from "./methods/index.ts";
import type { Params } from "./params.ts";
import { DEFAULT_RATE, RateLimiter, type RateRule } from "./rate.ts";
import { notFound, type Refusal, unauthorized } from "./refusal.ts";
import { readParams } from "./request.ts";
import { toRefusal } from "./translate.ts";

export type BotApiOptions = {
  /** Default 0: any free port. */
  port?: number;
  /** Limits per chat; null for none. Default: generous, but final for an edit storm. */
  rate?: RateRule[] | null;
};

/** Starts the Bot API of every bot in the world, on loopback. */
export async function startBotApi(
  world: World,
  options: BotApiOptions = {},
): Promise<{ url: string; close(): Promise<void> }> {
  const api = new BotApi(world, options);
  await api.listen(options.port ?? 0);
  return { url: api.url, close: () => api.close() };
}

class BotApi {
  private readonly world: World;
  private readonly rate: RateLimiter;
  private readonly bots = new Map<number, Bot>();
  private readonly unsubscribe: (() => void)[] = [];
  private readonly server: Server;

  constructor(world: World, options: BotApiOptions) {
    this.world = world;
    this.rate = new RateLimiter(options.rate === null ? [] : (options.rate ?? DEFAULT_RATE));
    this.server = createServer((request, response) => {
      this.serve(request, response).catch((error: unknown) => answer(response, toRefusal(error)));
    });
    this.server.keepAliveTimeout = 60_000;
    for (const account of world.accounts()) if (account.token) this.bot(account.userId);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen(port, "127.0.0.1", () => resolve());
    });
  }

  async close(): Promise<void> {
    for (const stop of this.unsubscribe) stop();
    for (const bot of this.bots.values()) bot.queue.close();
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  /** A bot listens to the world from the moment it is known here. */
  private bot(botId: number): Bot {
    const known = this.bots.get(botId);
    if (known) return known;
    const bot = createBot(this.world, botId);
    this.bots.set(botId, bot);
    const stop = bot.view.subscribe((update) => {
      const told = updateJson(this.world, bot, update);
      if (told) bot.queue.push(told.kind, told.value);
    });
    this.unsubscribe.push(stop);
    return bot;
  }

  private byToken(token: string): Bot {
    const account = this.world.accountByToken(token);
    if (!account) throw unauthorized();
    return this.bot(account.userId);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://sandbox");
    const file = /^\/file\/bot([^/]+)\/(.+)$/.exec(url.pathname);
    if (file) return await this.serveFile(response, decodeURIComponent(file[1]!), file[2]!);
    const call = /^\/bot([^/]+)\/(?:test\/)?([^/]+)$/.exec(url.pathname);
    if (!call) throw notFound();
    const bot = this.byToken(decodeURIComponent(call[1]!));
    const params = await readParams(request, url);
    const found = findMethod(call[2]!);
    if (!found) throw notFound();
    await this.run(bot, found, params, request, response);
  }

  private async run(
    bot: Bot,
    { name, method }: NonNullable<ReturnType<typeof findMethod>>,
    params: Params,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const hangUp = new AbortController();
    response.once("close", () => hangUp.abort());
    const { signal } = hangUp;
    const { world, rate } = this;
    await recorded(world, bot, name, params, request.socket, async () => {
      const fault = world.faults.next({
        door: "bot-api",
        method: name,
        session: String(bot.id),
        params: () => params.digest(),
      });
      const outcome = await strike(fault, response, signal);
      if (outcome === "over") return;
      const result = await method({ world, bot, params, rate, signal });
      if (outcome === "lose-answer") response.socket?.resetAndDestroy();
      else send(response, 200, { ok: true, result });
    }).catch((error: unknown) => answer(response, toRefusal(error)));
  }

  private async serveFile(response: ServerResponse, token: string, path: string): Promise<void> {
    this.byToken(token);
    const found = fileAt(this.world, path);
    if (!found) throw notFound();
    await sendFile(this.world, response, found.file, found.size);
  }
}

function answer(response: ServerResponse, refusal: Refusal): void {
  const { code, message, parameters } = refusal;
  const body = { ok: false, error_code: code, description: message, ...(parameters && { parameters }) };
  send(response, code, body, parameters?.retry_after);
}

function send(response: ServerResponse, status: number, body: unknown, retryAfter?: number): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    "content-type": "application/json",
    ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
    // A body that was not read to its end would be taken for the next request.
    ...(status === 413 && { connection: "close" }),
  });
  response.end(JSON.stringify(body));
}
