/** A result.json of one chat by itself, for who keeps messages without an archive around them. */
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { ArchivedChat, ArchivedMessage } from "../types.ts";
import { JsonWriter, type TextSink } from "./writer.ts";

const BUFFER_CHARACTERS = 64 * 1024;

/** Appears in the folder whole or not at all, and is on the disk when this returns. */
export async function writeResult(
  folder: string,
  chat: ArchivedChat,
  timeZone: string,
  messages: AsyncIterable<ArchivedMessage>,
): Promise<void> {
  const sink = new FileSink(folder);
  try {
    const writer = new JsonWriter(sink, { all: false, look: { timeZone } });
    writer.beginChat(chat);
    for await (const message of messages) writer.add(message);
    writer.endChat();
    writer.finish();
  } finally {
    sink.close();
  }
}

class FileSink implements TextSink {
  readonly #folder: string;
  #path = "";
  #handle: number | null = null;
  #buffer = "";

  constructor(folder: string) {
    this.#folder = folder;
  }

  begin(path: string): void {
    this.#path = join(this.#folder, path);
    this.#handle = openSync(`${this.#path}.part`, "w", 0o600);
  }

  write(text: string): void {
    this.#buffer += text;
    if (this.#buffer.length >= BUFFER_CHARACTERS) this.#flush();
  }

  end(): void {
    if (this.#handle === null) return;
    this.#flush();
    fsyncSync(this.#handle);
    this.close();
    renameSync(`${this.#path}.part`, this.#path);
  }

  close(): void {
    if (this.#handle !== null) closeSync(this.#handle);
    this.#handle = null;
  }

  #flush(): void {
    const bytes = Buffer.from(this.#buffer, "utf8");
    this.#buffer = "";
    for (let at = 0; this.#handle !== null && at < bytes.length; ) at += writeSync(this.#handle, bytes, at);
  }
}
