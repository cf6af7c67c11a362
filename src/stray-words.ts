/** What libraries say past the logger, on the console or as a warning of Node's, becomes a line of the log like all others. */
import { format } from "node:util";
import type { Logger } from "./logger.ts";

const METHODS = { log: "info", info: "info", debug: "debug", warn: "warn", error: "warn" } as const;

export function takeStrayWords(log: Logger): void {
  for (const [method, level] of Object.entries(METHODS) as [keyof typeof METHODS, "info" | "debug" | "warn"][]) {
    console[method] = (...words: unknown[]) => log[level]({ from: "a library" }, format(...words));
  }
  // Node's own printer goes; it is the only listener that is there by itself.
  process.removeAllListeners("warning");
  process.on("warning", (warning) => log.warn({ from: "node", err: warning }, warning.message));
}
