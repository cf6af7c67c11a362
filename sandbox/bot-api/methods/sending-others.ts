import { randomBytes, randomInt } from "node:crypto";
import type { WorldMedia } from "../../world/types.ts";
import type { Call, Methods } from "../bot.ts";
import type { Params } from "../params.ts";
import { badRequest } from "../refusal.ts";
import { sendDraft } from "../send.ts";

export const sendingOthers: Methods = {
  sendLocation: (call) =>
    sendDraft(call, () => {
      const livePeriod = call.params.integer("live_period", 0, 0);
      return { media: { kind: "geo", ...readPlace(call.params), ...(livePeriod > 0 && { livePeriod }) } };
    }),
  sendVenue: (call) =>
    sendDraft(call, () => {
      const { params } = call;
      const title = required(params, "title", "venue title");
      const address = required(params, "address", "venue address");
      return { media: { kind: "venue", ...readPlace(params), title, address } };
    }),
  sendContact: (call) =>
    sendDraft(call, () => {
      const { params } = call;
      const phone = required(params, "phone_number", "phone number");
      const firstName = required(params, "first_name", "first name");
      return { media: { kind: "contact", phone, firstName, lastName: params.text("last_name") } };
    }),
  sendPoll: (call) => sendDraft(call, () => ({ media: readPoll(call) })),
  sendDice: (call) =>
    sendDraft(call, () => {
      const emoji = call.params.text("emoji") || "🎲";
      const sides = DICE[emoji];
      if (!sides) throw badRequest("wrong dice emoji specified");
      return { media: { kind: "dice", emoji, value: randomInt(1, sides + 1) } };
    }),
};

const DICE: Record<string, number> = { "🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "⚽️": 5, "🎰": 64 };

function readPlace(params: Params): { latitude: number; longitude: number } {
  for (const name of ["latitude", "longitude"]) {
    if (!params.has(name)) throw badRequest(`${name} is empty`);
  }
  const latitude = params.number("latitude", Number.NaN);
  const longitude = params.number("longitude", Number.NaN);
  if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) throw badRequest("wrong location specified");
  return { latitude, longitude };
}

function required(params: Params, name: string, what: string): string {
  const text = params.text(name).trim();
  if (!text) throw badRequest(`${what} must be non-empty`);
  return text;
}

function readPoll({ params }: Call): WorldMedia {
  const question = required(params, "question", "poll question");
  if (question.length > 300) throw badRequest("poll question length must not exceed 300");
  const list = params.json("options", "options");
  if (!Array.isArray(list)) throw badRequest("expected an Array of InputPollOption as options");
  if (list.length < 2) throw badRequest("poll must have at least 2 option");
  if (list.length > 12) throw badRequest("poll can't have more than 12 options");
  const quiz = params.text("type") === "quiz";
  const right = params.integer("correct_option_id", -1);
  if (quiz && (right < 0 || right >= list.length)) throw badRequest("wrong correct option ID specified");
  const answers = list.map((option: unknown, index) => {
    const text = typeof option === "string" ? option : params.inside(Object(option)).text("text");
    if (!text) throw badRequest("poll options must be non-empty");
    if (text.length > 100) throw badRequest("poll options length must not exceed 100");
    return { text, voters: 0, ...(quiz && index === right && { correct: true }) };
  });
  return {
    kind: "poll",
    id: randomBytes(8).readBigInt64BE(),
    question,
    answers,
    quiz,
    multiple: params.boolean("allows_multiple_answers"),
    closed: params.boolean("is_closed"),
    anonymous: params.has("is_anonymous") ? params.boolean("is_anonymous") : true,
  };
}
