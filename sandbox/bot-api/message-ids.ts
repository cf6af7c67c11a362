import type { Call } from "./bot.ts";
import { badRequest } from "./refusal.ts";

/** One message by its number, or a refusal that names what it was wanted for ("message to delete not found"). */
export function messageOf(call: Call, chatId: number, what: string) {
  const message = call.bot.view.message(chatId, call.params.integer("message_id", 0));
  if (!message) throw badRequest(`${what} not found`);
  return message;
}

/** A list of 1 to 100 message numbers. */
export function readMessageIds({ params }: Call): number[] {
  const list = params.json("message_ids", "message_ids");
  if (list === undefined) throw badRequest("message identifiers are not specified");
  if (!Array.isArray(list)) throw badRequest("expected an Array of message identifiers");
  if (list.length > 100) throw badRequest("too many message identifiers specified");
  const ids = list.map((item: unknown) => {
    const id = typeof item === "string" ? Number(item) : item;
    if (typeof id !== "number" || Number.isNaN(id)) throw badRequest("message identifier must be a Number");
    if (!Number.isInteger(id) || id <= 0) throw badRequest("invalid message identifier specified");
    return id;
  });
  if (ids.length === 0) throw badRequest("message identifiers are not specified");
  return ids;
}
