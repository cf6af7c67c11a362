/** messages.csv: one table over all chats, by RFC 4180. */
import type { ArchiveFolder } from "../folder.ts";
import { LocalClock } from "../local-time.ts";
import type { ArchivedChat, ArchivedMessage, ArchiveOrder, ArchiveWriter } from "../types.ts";
import { csvRow } from "./cell.ts";
import { COLUMNS } from "./columns.ts";

export class CsvWriter implements ArchiveWriter {
  readonly #folder: ArchiveFolder;
  readonly #clock: LocalClock;
  readonly #escape: boolean;
  #chat: ArchivedChat | null;

  constructor(folder: ArchiveFolder, { look }: ArchiveOrder, state?: unknown) {
    this.#folder = folder;
    this.#clock = new LocalClock(look.timeZone);
    this.#escape = look.csvEscapeFormulas;
    this.#chat = (state as ArchivedChat | null | undefined) ?? null;
    if (state !== undefined) return;
    folder.begin("messages.csv");
    const names = COLUMNS.map(([name]) => name);
    folder.write(`${look.csvBom ? "\uFEFF" : ""}${csvRow(names, false)}`);
  }

  beginChat(chat: ArchivedChat): void {
    this.#chat = chat;
  }

  add(archived: ArchivedMessage): void {
    const chat = this.#chat;
    if (!chat) throw new Error("A message came before its chat.");
    const cells = COLUMNS.map(([, value]) => value(archived, chat, this.#clock));
    this.#folder.write(csvRow(cells, this.#escape));
  }

  endChat(): void {
    this.#chat = null;
  }

  finish(): void {
    this.#folder.end();
  }

  state(): ArchivedChat | null {
    return this.#chat;
  }
}
