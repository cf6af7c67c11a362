/** The words of the sandbox's world, for both doors. */
export * from "./types/account-view.ts";
export * from "./types/chat.ts";
export * from "./types/door.ts";
export * from "./types/faults.ts";
export * from "./types/file-store.ts";
export * from "./types/journal.ts";
export * from "./types/keys.ts";
export * from "./types/lines.ts";
export * from "./types/media.ts";
export * from "./types/message.ts";
export * from "./types/query.ts";
export * from "./types/refusal.ts";
export * from "./types/update.ts";
export * from "./types/world.ts";
