/** result.json as Telegram Desktop writes it: of one chat, or of all of them with a heading. */
import { cleanText } from "../clean.ts";
import { LocalClock } from "../local-time.ts";
import type { ArchivedChat, ArchivedMessage, ArchiveLook, ArchiveOrder, ArchiveWriter } from "../types.ts";
import { bareId } from "./ids.ts";
import { messageFields } from "./message.ts";

/** Where the text goes, file after file. */
export interface TextSink {
  begin(path: string): void;
  write(text: string): void;
  end(): void;
}

interface State {
  begun: boolean;
  chats: number;
  messages: number;
}

const ABOUT = "Messages of a Telegram account, in the format of Telegram Desktop's export.";
const ABOUT_CHATS = "The chats of this account that were archived.";

export class JsonWriter implements ArchiveWriter {
  readonly #folder: TextSink;
  readonly #all: boolean;
  readonly #clock: LocalClock;
  readonly #state: State;

  constructor(
    folder: TextSink,
    { all, look }: Pick<ArchiveOrder, "all"> & { look: Pick<ArchiveLook, "timeZone"> },
    state?: unknown,
  ) {
    this.#folder = folder;
    this.#all = all;
    this.#clock = new LocalClock(look.timeZone);
    this.#state = (state as State | undefined) ?? { begun: false, chats: 0, messages: 0 };
    if (state === undefined) folder.begin("result.json");
  }

  beginChat(chat: ArchivedChat): void {
    this.#begin();
    const name = chat.isSelf ? "" : ` "name": ${quoted(chat.title)},\n`;
    const head = `{\n${name} "type": ${quoted(typeOf(chat))},\n "id": ${bareId(chat.chatId)},\n "messages": [`;
    const separator = this.#state.chats > 0 ? "," : "";
    this.#folder.write(this.#all ? `${separator}\n   ${indented(head, 3)}` : head);
    this.#state.chats++;
    this.#state.messages = 0;
  }

  add(archived: ArchivedMessage): void {
    const text = JSON.stringify(messageFields(archived, this.#clock), null, 1);
    const depth = this.#all ? 5 : 2;
    this.#folder.write(`${this.#state.messages > 0 ? "," : ""}\n${" ".repeat(depth)}${indented(text, depth)}`);
    this.#state.messages++;
  }

  endChat(): void {
    this.#folder.write(this.#all ? "\n    ]\n   }" : "\n ]\n}");
  }

  finish(): void {
    this.#begin();
    if (this.#all) this.#folder.write("\n  ]\n }\n}");
    this.#folder.end();
  }

  state(): State {
    return { ...this.#state };
  }

  #begin(): void {
    if (this.#state.begun) return;
    this.#state.begun = true;
    if (!this.#all) return;
    const head = `{\n "about": ${quoted(ABOUT)},\n "chats": {\n  "about": ${quoted(ABOUT_CHATS)},\n  "list": [`;
    this.#folder.write(head);
  }
}

const quoted = (text: string): string => JSON.stringify(cleanText(text));
/** Strings hold no line break of their own once they are JSON. */
const indented = (text: string, depth: number): string => text.replaceAll("\n", `\n${" ".repeat(depth)}`);

function typeOf({ type, username, isSelf, isBot }: ArchivedChat): string {
  if (isSelf) return "saved_messages";
  if (type === "user") return isBot ? "bot_chat" : "personal_chat";
  if (type === "group") return "private_group";
  return `${username ? "public" : "private"}_${type}`;
}
