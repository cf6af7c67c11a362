import type { Method, Methods } from "../bot.ts";
import { answers } from "./answers.ts";
import { chats } from "./chats.ts";
import { commands } from "./commands.ts";
import { deleting } from "./deleting.ts";
import { editing } from "./editing.ts";
import { filesAndPhotos } from "./files.ts";
import { forwarding } from "./forwarding.ts";
import { identity } from "./identity.ts";
import { sendingMedia } from "./sending-media.ts";
import { sendingOthers } from "./sending-others.ts";
import { sendingText } from "./sending-text.ts";
import { updates } from "./updates.ts";

const all: Methods = {
  ...answers,
  ...chats,
  ...commands,
  ...deleting,
  ...editing,
  ...filesAndPhotos,
  ...forwarding,
  ...identity,
  ...sendingMedia,
  ...sendingOthers,
  ...sendingText,
  ...updates,
};

const byLowerCase = new Map(Object.entries(all).map(([name, method]) => [name.toLowerCase(), { name, method }]));

/** A method by its name in any case, as the Bot API takes them. */
export function findMethod(name: string): { name: string; method: Method } | undefined {
  return byLowerCase.get(name.toLowerCase());
}
