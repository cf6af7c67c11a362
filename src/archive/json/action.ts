/** Service messages in the words of Telegram Desktop's exports. */
import type { StoredMessage } from "../../core/media.ts";
import type { ActionDetails, Person } from "../../core/message-extra.ts";
import { cleanText } from "../clean.ts";
import { peerId } from "./ids.ts";

type Fields = { [key: string]: unknown };
type Shape = (details: Details, message: StoredMessage) => Fields;

/** Reads details whatever they hold: rows of other versions may lack some. */
class Details {
  readonly #details: ActionDetails;
  constructor(details: ActionDetails) {
    this.#details = details;
  }
  text(field: string): string | undefined {
    const value = this.#details[field];
    return typeof value === "string" ? cleanText(value) : undefined;
  }
  number(field: string): number | undefined {
    const value = Number(this.#details[field]);
    return this.#details[field] === undefined || Number.isNaN(value) ? undefined : value;
  }
  flag(field: string): boolean {
    return this.#details[field] === true;
  }
  person(field: string): Person | undefined {
    const value = this.#details[field];
    return typeof value === "object" && !Array.isArray(value) ? value : undefined;
  }
  names(field: string): (string | null)[] {
    const value = this.#details[field];
    const people = Array.isArray(value) ? value : typeof value === "object" ? [value] : [];
    return people.map(({ name }) => (name === null ? null : cleanText(name)));
  }
  people(field: string): Person[] {
    const value = this.#details[field];
    return Array.isArray(value) ? value : [];
  }
}

const withActor = (name: string, more: Shape = () => ({})): Shape => {
  return (details, message) => ({ ...actorOf(message), action: name, ...more(details, message) });
};
const plain = (name: string, more: Shape = () => ({})): Shape => {
  return (details, message) => ({ action: name, ...more(details, message) });
};

const ACTIONS: Record<string, Shape> = {
  chat_create: withActor("create_group", (d) => ({ title: d.text("title"), members: d.names("users") })),
  chat_edit_title: withActor("edit_group_title", (d) => ({ title: d.text("title") })),
  chat_edit_photo: withActor("edit_group_photo"),
  chat_delete_photo: withActor("delete_group_photo"),
  chat_add_user: withActor("invite_members", (d) => ({ members: d.names("users") })),
  chat_delete_user: withActor("remove_members", (d) => ({ members: d.names("userId") })),
  chat_joined_by_link: withActor("join_group_by_link", (d) => ({ inviter: d.names("inviterId")[0] ?? null })),
  chat_joined_by_request: withActor("join_group_by_request"),
  channel_create: withActor("create_channel", (d) => ({ title: d.text("title") })),
  chat_migrate_to: withActor("migrate_to_supergroup"),
  channel_migrate_from: withActor("migrate_from_group", (d) => ({ title: d.text("title") })),
  pin_message: withActor("pin_message", (_, message) => ({ message_id: message.replyToId ?? undefined })),
  history_clear: withActor("clear_history"),
  game_score: withActor("score_in_game", (d, message) => ({
    game_message_id: message.replyToId ?? undefined,
    score: d.number("score"),
  })),
  payment_sent: plain("send_payment", (d, message) => ({
    amount: d.number("totalAmount"),
    currency: d.text("currency"),
    invoice_message_id: message.replyToId ?? undefined,
  })),
  phone_call: withActor("phone_call", (d) => ({
    duration_seconds: d.number("duration"),
    discard_reason: d.text("reason"),
  })),
  screenshot_taken: withActor("take_screenshot"),
  custom_action: (d, message) => ({ ...actorOf(message), information_text: d.text("message") }),
  bot_allowed: plain("allow_sending_messages", (d) => ({ reason_domain: d.text("domain") })),
  contact_sign_up: withActor("joined_telegram"),
  geo_proximity_reached: plain("proximity_reached", (d) => ({
    ...personFields("from", d.person("fromId")),
    ...personFields("to", d.person("toId")),
    distance: d.number("distance"),
  })),
  group_call: withActor("group_call", (d) => ({ duration: d.number("duration") })),
  invite_to_group_call: withActor("invite_to_group_call", (d) => ({ members: d.names("users") })),
  set_messages_ttl: withActor("set_messages_ttl", (d) => ({ period: d.number("period") })),
  group_call_scheduled: withActor("group_call_scheduled", (d) => ({ schedule_date: d.number("scheduleDate") })),
  set_chat_theme: withActor("edit_chat_theme", (d) => ({ emoticon: d.text("emoticon") })),
  web_view_data_sent: plain("send_webview_data", (d) => ({ text: d.text("text") })),
  gift_premium: withActor("send_premium_gift", (d) => ({ months: d.number("months") })),
  topic_create: withActor("topic_created", (d) => ({ title: d.text("title") })),
  topic_edit: withActor("topic_edit", (d) => ({
    new_title: d.text("title"),
    new_icon_emoji_id: d.number("iconEmojiId"),
  })),
  suggest_profile_photo: withActor("suggest_profile_photo"),
  requested_peer: withActor("requested_peer", (d) => ({
    button_id: d.number("buttonId"),
    peers: d.people("peers").map(({ id }) => id),
  })),
  gift_code: plain("gift_code_prize", (d) => ({
    gift_code: d.text("slug"),
    months: d.number("months"),
    unclaimed: d.flag("unclaimed"),
    via_giveaway: d.flag("viaGiveaway"),
  })),
  giveaway_launch: plain("giveaway_launch"),
  giveaway_results: plain("giveaway_results", (d) => ({
    winners: d.number("winnersCount"),
    unclaimed: d.number("unclaimedCount"),
    stars: d.flag("stars"),
  })),
  set_chat_wall_paper: withActor("set_chat_wallpaper", (_, message) => ({
    message_id: message.replyToId ?? undefined,
  })),
  boost_apply: withActor("boost_apply", (d) => ({ boosts: d.number("boosts") })),
  payment_refunded: plain("refunded_payment", (d) => ({
    amount: d.number("totalAmount"),
    currency: d.text("currency"),
  })),
  gift_stars: withActor("send_stars_gift", (d) => ({ amount_whole: d.number("stars") })),
  prize_stars: withActor("stars_prize", (d) => ({
    stars: d.number("stars"),
    is_unclaimed: d.flag("unclaimed"),
    giveaway_msg_id: d.number("giveawayMsgId"),
  })),
  star_gift: withActor("send_star_gift", (d) => ({ is_anonymous: d.flag("nameHidden"), gift_text: d.text("message") })),
};

/** The fields of a service message, "actor" to the last. One that is newer than this keeps Telegram's name. */
export function actionFields(message: StoredMessage): Fields {
  const name = message.service ?? "";
  const shape = ACTIONS[name] ?? withActor(cleanText(name));
  return shape(new Details(message.extra?.action ?? {}), message);
}

function actorOf({ senderId, senderName }: StoredMessage): Fields {
  return senderId === null ? {} : { actor: senderName && cleanText(senderName), actor_id: peerId(senderId) };
}

function personFields(key: string, person: Person | undefined): Fields {
  if (!person) return {};
  return { [key]: person.name && cleanText(person.name), [`${key}_id`]: peerId(person.id) };
}
