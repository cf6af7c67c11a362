/** The shape of Telegram Desktop's result.json, read from its exporter (export_output_json.cpp), as a schema. */
import { z } from "zod";

const peer = z.string().regex(/^(?:user|chat|channel)\d+$/);
const date = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
const unixtime = z.string().regex(/^-?\d+$/);
const named = z.string().min(1).nullable();

const part = z.strictObject({
  type: z.enum([
    "unknown",
    "mention",
    "hashtag",
    "bot_command",
    "link",
    "email",
    "bold",
    "italic",
    "code",
    "pre",
    "plain",
    "text_link",
    "mention_name",
    "phone",
    "cashtag",
    "underline",
    "strikethrough",
    "blockquote",
    "bank_card",
    "spoiler",
    "custom_emoji",
  ]),
  text: z.string(),
  user_id: z.number().int().optional(),
  document_id: z.string().optional(),
  language: z.string().optional(),
  href: z.string().optional(),
  collapsed: z.boolean().optional(),
});
const text = z.union([z.string(), z.array(z.union([z.string(), part]))]);

const reaction = z.strictObject({
  type: z.enum(["emoji", "custom_emoji", "paid"]),
  count: z.number().int(),
  emoji: z.string().optional(),
  document_id: z.string().optional(),
  recent: z.array(z.strictObject({ from: named, from_id: peer, date })).optional(),
});

const button = z.strictObject({
  type: z.string(),
  text: z.string().optional(),
  data: z.string().optional(),
  dataBase64: z.string().optional(),
  forward_text: z.string().optional(),
  button_id: z.number().optional(),
});

const carried = {
  photo: z.string().min(1).optional(),
  photo_file_size: z.number().optional(),
  file: z.string().min(1).optional(),
  file_name: z.string().min(1).optional(),
  file_size: z.number().optional(),
  media_type: z.enum(["sticker", "video_message", "voice_message", "animation", "video_file", "audio_file"]).optional(),
  sticker_emoji: z.string().optional(),
  performer: z.string().optional(),
  title: z.string().optional(),
  mime_type: z.string().optional(),
  duration_seconds: z.number().int().optional(),
  width: z.number().int().optional(),
  height: z.number().int().optional(),
  media_spoiler: z.literal(true).optional(),
  self_destruct_period_seconds: z.number().optional(),
  contact_information: z
    .strictObject({ first_name: z.string(), last_name: z.string(), phone_number: z.string() })
    .optional(),
  location_information: z.strictObject({ latitude: z.number(), longitude: z.number() }).optional(),
  live_location_period_seconds: z.number().optional(),
  place_name: z.string().optional(),
  address: z.string().optional(),
  game_title: z.string().optional(),
  game_description: z.string().optional(),
  invoice_information: z.looseObject({ title: z.string(), amount: z.number(), currency: z.string() }).optional(),
  poll: z
    .strictObject({
      question: text,
      closed: z.boolean(),
      total_voters: z.number().int(),
      answers: z.array(z.strictObject({ text, voters: z.number().int(), chosen: z.boolean() })),
    })
    .optional(),
  giveaway_information: z.looseObject({ quantity: z.number() }).optional(),
  giveaway_results: z.looseObject({ winners: z.array(z.number()) }).optional(),
  paid_stars_amount: z.number().optional(),
};

const common = {
  id: z.number().int(),
  date,
  date_unixtime: unixtime,
  edited: date.optional(),
  edited_unixtime: unixtime.optional(),
  text,
  text_entities: z.array(part),
  inline_bot_buttons: z.array(z.array(button)).optional(),
  reactions: z.array(reaction).optional(),
};

const message = z.discriminatedUnion("type", [
  z.strictObject({
    ...common,
    ...carried,
    type: z.literal("message"),
    from: named.optional(),
    from_id: peer.optional(),
    author: z.string().optional(),
    forwarded_from: named.optional(),
    saved_from: named.optional(),
    reply_to_message_id: z.number().int().optional(),
    reply_to_peer_id: peer.optional(),
    via_bot: z.string().startsWith("@").optional(),
  }),
  z.looseObject({
    ...common,
    type: z.literal("service"),
    actor: named.optional(),
    actor_id: peer.optional(),
    action: z.string().min(1).optional(),
    members: z.array(named).optional(),
  }),
  z.strictObject({ id: z.number().int(), type: z.literal("unsupported") }),
]);

const TYPES = [
  "saved_messages",
  "personal_chat",
  "bot_chat",
  "private_group",
  "private_supergroup",
  "public_supergroup",
  "private_channel",
  "public_channel",
] as const;
const chat = z.strictObject({
  name: named.optional(),
  type: z.enum(TYPES),
  id: z.number().int().positive(),
  messages: z.array(message),
});
const whole = z.strictObject({
  about: z.string(),
  chats: z.strictObject({ about: z.string(), list: z.array(chat) }),
});

/** What is wrong with an export, each a line; nothing where it is right. */
export function exportFaults(result: unknown): string[] {
  const schema = typeof result === "object" && result !== null && "chats" in result ? whole : chat;
  const { error } = schema.safeParse(result);
  return (error?.issues ?? []).slice(0, 10).map(({ path, message: why }) => `${path.join(".")}: ${why}`);
}
