/** "Anna added Ben": service messages as a sentence. */
import type { StoredMessage } from "../../core/media.ts";
import type { ActionDetails, Person } from "../../core/message-extra.ts";
import { isolate } from "../../core/text.ts";

type Say = (who: string, details: ActionDetails) => string;

/** The sentence is ours and runs from left to right; what others wrote stands in it by itself. */
const text = (details: ActionDetails, field: string): string => isolate(String(details[field] ?? ""));
const names = (details: ActionDetails, field: string): string => {
  const value = details[field];
  const people: Person[] = Array.isArray(value) ? value : typeof value === "object" ? [value] : [];
  return people.map(({ id, name }) => isolate(name ?? String(id))).join(", ");
};

const SENTENCES: Record<string, Say> = {
  chat_create: (who, d) => `${who} created the group “${text(d, "title")}”`,
  channel_create: (who, d) => `${who} created “${text(d, "title")}”`,
  chat_edit_title: (who, d) => `${who} changed the name to “${text(d, "title")}”`,
  chat_edit_photo: (who) => `${who} changed the photo`,
  chat_delete_photo: (who) => `${who} removed the photo`,
  chat_add_user: (who, d) => `${who} added ${names(d, "users")}`,
  chat_delete_user: (who, d) => `${who} removed ${names(d, "userId")}`,
  chat_joined_by_link: (who) => `${who} joined by a link`,
  chat_joined_by_request: (who) => `${who} joined by request`,
  chat_migrate_to: () => "The group became a supergroup",
  channel_migrate_from: (_, d) => `The supergroup was the group “${text(d, "title")}”`,
  pin_message: (who) => `${who} pinned a message`,
  history_clear: (who) => `${who} cleared the history`,
  phone_call: (who, d) =>
    `${who} called${d.duration ? ` (${text(d, "duration")} s)` : ""}${d.reason ? `, ${text(d, "reason")}` : ""}`,
  screenshot_taken: (who) => `${who} took a screenshot`,
  contact_sign_up: (who) => `${who} joined Telegram`,
  set_messages_ttl: (who, d) => `${who} set messages to vanish after ${text(d, "period")} s`,
  topic_create: (who, d) => `${who} opened the topic “${text(d, "title")}”`,
  topic_edit: (who, d) => `${who} changed the topic${d.title ? ` to “${text(d, "title")}”` : ""}`,
  custom_action: (_, d) => text(d, "message"),
  group_call: (who) => `${who} began a group call`,
};

export function serviceSentence({ service, senderName, senderId, extra }: StoredMessage): string {
  const who = isolate(senderName ?? (senderId === null ? "Somebody" : String(senderId)));
  const say = SENTENCES[service ?? ""];
  return say ? say(who, extra?.action ?? {}) : `${who}: ${(service ?? "").replaceAll("_", " ")}`;
}
