import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { toRefusal } from "../bot-api/translate.ts";
import type { World } from "../world/types.ts";
import { PhoneActions } from "./actions.ts";
import { PhoneEvents } from "./events.ts";
import { servePart } from "./files.ts";
import { authorName, usernameOf } from "./names.ts";
import { servePage } from "./static.ts";

export type PhonePageOptions = {
  /** Default 0: any free port. */
  port?: number;
  /** Whose chat opens first; default: the world's first bot. */
  botId?: number;
};

/** Serves the owner's phone as a page, on loopback. */
export async function startPhonePage(
  world: World,
  options: PhonePageOptions = {},
): Promise<{ url: string; close(): Promise<void> }> {
  const botId = options.botId ?? world.accounts().find(({ token }) => token)?.userId;
  if (botId === undefined)
    throw new Error("The world has no bot to chat with; add one before starting the phone page.");
  const page = new PhonePage(world, botId);
  await page.listen(options.port ?? 0);
  return { url: page.url, close: () => page.close() };
}

class PhonePage {
  private readonly world: World;
  private readonly botId: number;
  private readonly actions: PhoneActions;
  private readonly events: PhoneEvents;
  private readonly server: Server;

  constructor(world: World, botId: number) {
    this.world = world;
    this.botId = botId;
    this.actions = new PhoneActions(world, botId);
    this.events = new PhoneEvents(world, botId);
    this.server = createServer((request, response) => {
      this.serve(request, response).catch((error: unknown) => fail(response, error));
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  private get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen(port, "127.0.0.1", () => resolve());
    });
  }

  async close(): Promise<void> {
    this.events.close();
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  /** Only this page may talk to this server: no other site by its own name, none by a name that leads here. */
  private isOwn({ headers, method }: IncomingMessage): boolean {
    const hosts = [`127.0.0.1:${this.port}`, `localhost:${this.port}`];
    if (!hosts.includes(headers.host ?? "")) return false;
    if (method === "GET" || method === "HEAD") return true;
    const isJson = (headers["content-type"] ?? "").startsWith("application/json");
    return isJson && (headers.origin === undefined || hosts.some((host) => headers.origin === `http://${host}`));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!this.isOwn(request)) {
      response.writeHead(403).end();
      return;
    }
    const url = new URL(request.url ?? "/", this.url);
    const [area, name = "", more] = url.pathname.slice(1).split("/");
    if (request.method === "POST" && area === "do")
      return json(response, await this.perform(name, await body(request)));
    if (request.method !== "GET") return json(response, { error: "METHOD_INVALID" }, 405);
    if (area === "events") return this.events.open(response);
    if (area === "files") return await this.serveFile(request, response, name, more);
    if (area === "pictures") return await servePart(this.world, request, response, this.picture(name));
    if (area === "ask") return json(response, this.ask(name, url.searchParams));
    return await servePage(response, url.pathname);
  }

  private picture(peerId: string) {
    return this.world.content.profilePhoto(Number(peerId));
  }

  private async serveFile(
    request: IncomingMessage,
    response: ServerResponse,
    id: string,
    size?: string,
  ): Promise<void> {
    const number = /^\d{1,20}$/.test(id) ? BigInt(id) : 0n;
    const file = this.world.content.get(BigInt.asIntN(64, number)) ?? this.world.content.get(number);
    if (file) return await servePart(this.world, request, response, file, size);
    response.writeHead(404).end();
  }

  private ask(name: string, query: URLSearchParams): unknown {
    const integer = (field: string) => Number(query.get(field) ?? 0);
    switch (name) {
      case "me":
        return this.me();
      case "chats":
        return this.actions.chats();
      case "history":
        return this.actions.history(integer("chat"), integer("before"));
      case "picker":
        return this.actions.picker(integer("message"), integer("request"));
      case "resolve":
        return this.actions.resolve(query.get("name") ?? "");
      default:
        throw new Error(`no such question: ${name}`);
    }
  }

  private me(): unknown {
    const { world, botId } = this;
    return {
      owner: { id: world.ownerId, name: authorName(world, world.ownerId) },
      bot: { id: botId, name: authorName(world, botId), username: usernameOf(world, botId) },
    };
  }

  private async perform(name: string, fields: Record<string, unknown>): Promise<unknown> {
    switch (name) {
      case "send":
        return this.actions.send(fields);
      case "press":
        return await this.actions.press(fields);
      case "share":
        return this.actions.share(fields);
      case "forward":
        return this.actions.forward(fields);
      case "read":
        return this.actions.read(fields);
      default:
        throw new Error(`no such action: ${name}`);
    }
  }
}

async function body(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const value: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8") || "{}");
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(value ?? null));
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const name = error instanceof Error ? error.message : "FAILED";
  json(response, { error: name }, toRefusal(error).code);
}
