/** What a message may carry. Files are described here and made elsewhere (content/), never stored. */

/** How Telegram clients show a document; decided by its attributes on the wire. */
export type DocumentKind = "document" | "video" | "round" | "audio" | "voice" | "animation" | "sticker";

/** One picture of a photo or video; its bytes are `content.read(file, offset, length, type)`. */
export interface PhotoSize {
  /** Telegram's letter: "m" 320, "x" 800, "y" 1280. */
  type: "m" | "x" | "y";
  width: number;
  height: number;
  bytes: number;
}

/** A file on the servers: the same file in two messages or chats has the same id. */
export interface WorldFile {
  id: bigint;
  kind: "photo" | "document";
  /** What its bytes are computed from; two files of equal seed, form and size have equal bytes. */
  seed: number;
  /** Bytes of the whole document, or of the photo's largest size. */
  size: number;
  /** Telegram's data centre that holds it: 1 or 2. */
  dcId: 1 | 2;
  mimeType: string;
  /** Unix seconds of the upload. */
  date: number;
  /** Smallest first; the last is the photo itself. For documents the thumbnails ("m"), often none. */
  sizes: PhotoSize[];
  /** Uploaded bytes, where a client or a bot sent the file; content is then exactly these. */
  bytes?: Uint8Array;
}

export interface PhotoMedia {
  kind: "photo";
  file: WorldFile;
  spoiler?: boolean;
}

export interface DocumentMedia {
  kind: "document";
  file: WorldFile;
  as: DocumentKind;
  /** Null: no filename attribute at all; "" is one that is empty. Untrusted, as people send them. */
  fileName: string | null;
  duration?: number;
  width?: number;
  height?: number;
  /** Audio only. */
  performer?: string;
  title?: string;
  /** Stickers only. */
  emoji?: string;
  spoiler?: boolean;
}

export type PollAnswer = { text: string; voters: number; correct?: boolean };

export type WorldMedia =
  | PhotoMedia
  | DocumentMedia
  | {
      kind: "webpage";
      url: string;
      siteName: string;
      title: string;
      description: string;
      photo?: WorldFile;
    }
  | { kind: "geo"; latitude: number; longitude: number; livePeriod?: number }
  | {
      kind: "venue";
      latitude: number;
      longitude: number;
      title: string;
      address: string;
    }
  | {
      kind: "contact";
      phone: string;
      firstName: string;
      lastName: string;
      userId?: number;
    }
  | {
      kind: "poll";
      id: bigint;
      question: string;
      answers: PollAnswer[];
      quiz: boolean;
      multiple: boolean;
      closed: boolean;
      anonymous: boolean;
    }
  | { kind: "dice"; emoji: string; value: number }
  | { kind: "unsupported" };

/** The file of a message, if it carries one that can be fetched. */
export function fileOf(media: WorldMedia | undefined): WorldFile | null {
  if (!media) return null;
  return media.kind === "photo" || media.kind === "document" ? media.file : null;
}
