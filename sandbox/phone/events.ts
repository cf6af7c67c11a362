import type { ServerResponse } from "node:http";
import { profileOf } from "../bot-api/profile.ts";
import type { World, WorldUpdate } from "../world/types.ts";
import { messageView } from "./view-message.ts";

type Event = { type: string; [field: string]: unknown };

/** Tells every open page what happens on the owner's account, over server-sent events. */
export class PhoneEvents {
  private readonly world: World;
  private readonly botId: number;
  private readonly pages = new Set<ServerResponse>();
  private readonly stop: () => void;
  private readonly heartbeat: NodeJS.Timeout;
  private commands = "";

  constructor(world: World, botId: number) {
    this.world = world;
    this.botId = botId;
    this.stop = world.as(world.ownerId).subscribe((update) => {
      for (const event of this.events(update)) this.tell(event);
    });
    // Menus are no updates of Telegram's: the page asks for them, so that a change shows within a second.
    this.heartbeat = setInterval(() => this.tellCommands(), 1000);
    this.heartbeat.unref();
  }

  open(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write("retry: 1000\n\n");
    this.pages.add(response);
    response.on("close", () => this.pages.delete(response));
    this.send(response, { type: "commands", ...this.menu() });
  }

  close(): void {
    this.stop();
    clearInterval(this.heartbeat);
    for (const page of this.pages) page.end();
  }

  private menu() {
    const owner = this.world.people.get(this.world.ownerId);
    const profile = profileOf(this.world, this.botId);
    return {
      commands: profile.commandsFor(this.world.ownerId, owner?.languageCode ?? ""),
      button: profile.menuButton(this.world.ownerId),
    };
  }

  private tellCommands(): void {
    if (this.pages.size === 0) return;
    const menu = this.menu();
    const now = JSON.stringify(menu);
    if (now !== this.commands) this.tell({ type: "commands", ...menu });
    this.commands = now;
  }

  private tell(event: Event): void {
    for (const page of this.pages) this.send(page, event);
  }

  private send(page: ServerResponse, event: Event): void {
    page.write(`data: ${JSON.stringify(event)}\n\n`);
  }

  private events(update: WorldUpdate): Event[] {
    switch (update.type) {
      case "new-message":
      case "edit-message": {
        const type = update.type === "new-message" ? "message" : "edit";
        return [{ type, message: messageView(this.world, update.message) }];
      }
      case "delete-messages":
        return [{ type: "delete", chatId: update.peerId ?? update.channelId, ids: update.messageIds }];
      case "chat-action":
        return [{ type: "action", chatId: update.peerId, action: update.action }];
      case "bot-draft":
        return [{ type: "draft", chatId: update.peerId, text: update.text }];
      case "reaction":
      case "pinned":
        return this.changed(update.peerId, update.type === "pinned" ? update.messageIds : [update.messageId]);
      case "chat-changed":
      case "read-inbox":
        return [{ type: "chats" }];
      default:
        return [];
    }
  }

  private changed(peerId: number, ids: readonly number[]): Event[] {
    const owner = this.world.as(this.world.ownerId);
    return ids.flatMap((id) => {
      const message = owner.message(peerId, id);
      return message ? [{ type: "edit", message: messageView(this.world, message) }] : [];
    });
  }
}
