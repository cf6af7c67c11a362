import { formatText } from "../bot-api/text/format.ts";
import { isUserId, Refusal, type World } from "../world/types.ts";
import { choices, findRequest, shareDraft } from "./picker.ts";
import { chatRows, kindOf } from "./view-chats.ts";
import { messageView } from "./view-message.ts";

type Fields = Record<string, unknown>;

/** A request of the page that makes no sense. */
const wrong = (what: string) => new Refusal(400, what);

/** The owner's finger: everything the page can do. Names are those of the page's requests. */
export class PhoneActions {
  private readonly world: World;
  private readonly botId: number;

  constructor(world: World, botId: number) {
    this.world = world;
    this.botId = botId;
  }

  private get owner() {
    return this.world.as(this.world.ownerId);
  }

  chats(): unknown {
    return chatRows(this.world);
  }

  /** A page of a chat's history, oldest first. */
  history(chatId: number, before: number): unknown {
    const { messages } = this.owner.history(chatId, { offsetId: before, limit: 60 });
    const oldest = messages.at(-1)?.id ?? 0;
    const top = this.owner.topMessage(chatId)?.id ?? 0;
    if (before === 0 && top > 0) this.owner.markRead(chatId, top);
    return {
      messages: messages.map((message) => messageView(this.world, message)).reverse(),
      oldest,
      more: oldest > 1 && this.owner.history(chatId, { offsetId: oldest, limit: 1 }).messages.length > 0,
      kind: kindOf(this.world, chatId),
    };
  }

  send(fields: Fields): unknown {
    const text = typeof fields.text === "string" ? fields.text.slice(0, 20_000) : "";
    const formatted = formatText({ text });
    if (!formatted.text) throw wrong("MESSAGE_EMPTY");
    const chatId = number(fields.chatId ?? this.botId);
    const parts = split(formatted.text);
    const sent = parts.map((part, index) =>
      this.owner.send(chatId, {
        ...(parts.length === 1 ? formatted : formatText({ text: part })),
        ...(fields.replyTo !== undefined && index === 0 && { replyTo: { messageId: number(fields.replyTo) } }),
      }),
    );
    return sent.map(({ id }) => id);
  }

  async press(fields: Fields): Promise<unknown> {
    const data = typeof fields.data === "string" ? fields.data : "";
    return await this.owner.pressButton(this.botId, number(fields.messageId), data, 60_000);
  }

  picker(messageId: number, requestId: number): unknown {
    const request = findRequest(this.owner, this.botId, messageId, requestId);
    return { kind: request.kind, max: request.max, choices: choices(this.world, this.botId, request) };
  }

  share(fields: Fields): unknown {
    const request = findRequest(this.owner, this.botId, number(fields.messageId), number(fields.requestId));
    const picked = Array.isArray(fields.peerIds) ? fields.peerIds.map(number) : [];
    const offered = new Set(choices(this.world, this.botId, request).map(({ id }) => id));
    if (picked.length === 0 || picked.length > request.max || picked.some((id) => !offered.has(id))) {
      throw wrong("PEER_ID_INVALID");
    }
    return this.owner.send(this.botId, shareDraft(this.world, request, picked)).id;
  }

  forward(fields: Fields): unknown {
    const ids = Array.isArray(fields.messageIds) ? fields.messageIds.map(number) : [];
    const chatId = number(fields.chatId);
    return this.owner.forward(chatId, ids, this.botId).map(({ id }) => id);
  }

  read(fields: Fields): unknown {
    const chatId = number(fields.chatId);
    const top = this.owner.topMessage(chatId)?.id ?? 0;
    if (top > 0) this.owner.markRead(chatId, top);
    return true;
  }

  /** Where a forward or a link leads to, if the owner may go there. */
  resolve(name: string): unknown {
    const found = this.world.findUsername(name);
    if (!found) throw wrong("USERNAME_NOT_OCCUPIED");
    if (!isUserId(found.peerId)) this.owner.assertReadable(found.peerId);
    return { chatId: found.peerId };
  }
}

function number(value: unknown): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw wrong("NUMBER_EXPECTED");
  return value;
}

/** A text too long for one message goes out as several, as on a phone. */
function split(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > 4096) {
    const at = Math.max(rest.lastIndexOf("\n", 4096), rest.lastIndexOf(" ", 4096));
    const cut = at > 2048 ? at : 4096;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut).trimStart();
  }
  return rest ? [...parts, rest] : parts;
}
