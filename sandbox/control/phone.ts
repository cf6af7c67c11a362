import { formatText } from "../bot-api/text/format.ts";
import { findRequest, shareDraft } from "../phone/picker.ts";
import { buttonsOf } from "../world/callbacks.ts";
import { makeMedia } from "../world/make-media.ts";
import { type CallbackAnswer, type Draft, isUserId, type WorldMessage } from "../world/types.ts";
import type { LocalWorld } from "../world/world.ts";
import { BadRequest, type Fields } from "./json.ts";
import { readMedia } from "./read-message.ts";

const ANSWER_MS = 10_000;

/** A person's finger on the chat with the bot. */
export class Phone {
  readonly #world: LocalWorld;
  readonly #accountId: number;
  readonly #botId: number;

  constructor(world: LocalWorld, accountId: number, botId: number) {
    this.#world = world;
    this.#accountId = accountId;
    this.#botId = botId;
  }

  get #me() {
    return this.#world.as(this.#accountId);
  }

  /** Types a text, answers a message, forwards one, or sends a file. */
  send(fields: Fields): WorldMessage[] {
    const peerId = fields.number("chatId", this.#botId);
    if (fields.has("forwardFrom")) {
      const source = fields.object("forwardFrom");
      const ids = source.has("messageIds") ? source.numbers("messageIds") : [source.number("messageId")];
      return this.#me.forward(source.number("chatId"), ids, peerId);
    }
    const draft: Draft = formatText({ text: fields.text("text", "") }) as Draft;
    if (fields.has("replyTo")) draft.replyTo = { messageId: fields.number("replyTo") };
    if (fields.has("media")) draft.media = makeMedia(this.#world, readMedia(fields.raw.media), this.#world.clock.now());
    return [this.#me.send(peerId, draft)];
  }

  /** Presses a button by its data or its text: an inline one waits for the answer, one of the keyboard sends its text. */
  async press(fields: Fields): Promise<CallbackAnswer | { sent: number }> {
    const messageId = fields.number("messageId");
    const message = this.#me.message(this.#botId, messageId);
    if (!message) throw new BadRequest(`There is no message ${messageId} in this chat.`);
    const data = fields.optional("data", (name) => fields.text(name));
    if (data !== undefined) return this.#me.pressButton(this.#botId, messageId, data, ANSWER_MS);
    const wanted = fields.text("text");
    const inline = buttonsOf(message.replyMarkup).find((button) => button.text === wanted);
    if (inline?.callback_data !== undefined) {
      return this.#me.pressButton(this.#botId, messageId, inline.callback_data, ANSWER_MS);
    }
    const key = buttonsOf(message.replyMarkup, "keyboard").find((button) => button.text === wanted);
    if (key) return { sent: this.#me.send(this.#botId, formatText({ text: wanted }) as Draft).id };
    const all = [...buttonsOf(message.replyMarkup), ...buttonsOf(message.replyMarkup, "keyboard")];
    const texts = all.map((button) => `"${button.text}"`).join(", ");
    throw new BadRequest(`Message ${messageId} has no button "${wanted}" to press; it has ${texts || "none"}.`);
  }

  /** Answers a request_chat or request_users button of the newest keyboard that has it. */
  share(fields: Fields): WorldMessage {
    const requestId = fields.number("requestId");
    const peerIds = fields.has("chatIds") ? fields.numbers("chatIds") : [fields.number("chatId")];
    for (const id of peerIds) {
      if (!(isUserId(id) ? this.#world.people.get(id) : this.#world.chat(id)))
        throw new BadRequest(`There is no chat ${id}.`);
    }
    const messageId = fields.optional("messageId", (name) => fields.number(name)) ?? this.#keyboardWith(requestId);
    const request = findRequest(this.#me, this.#botId, messageId, requestId);
    return this.#me.send(this.#botId, shareDraft(this.#world, request, peerIds));
  }

  #keyboardWith(requestId: number): number {
    const asks = (button: { [key: string]: unknown }) =>
      [button.request_chat, button.request_users].some(
        (one) => (one as { request_id?: number })?.request_id === requestId,
      );
    const { messages } = this.#me.history(this.#botId, { limit: 100 });
    const found = messages.find((message) => buttonsOf(message.replyMarkup, "keyboard").some(asks));
    if (!found) throw new BadRequest(`No keyboard of the last 100 messages asks for request ${requestId}.`);
    return found.id;
  }
}
