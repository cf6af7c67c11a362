/** The words of the sandbox's world, for both doors. */
export * from "./types/chat.ts";
export * from "./types/media.ts";
export * from "./types/message.ts";
export * from "./types/ports.ts";
export * from "./types/query.ts";
export * from "./types/update.ts";
