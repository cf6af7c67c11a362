/** A program that listens to a stop and then does not end: argument one is the deadline in milliseconds. */
import { createLogger } from "../../src/logger.ts";
import { listenForStop } from "../../src/shutdown.ts";

const log = createLogger({ level: "info", format: "json" });
const { signal } = listenForStop({ log, deadlineMs: Number(process.argv[2]) });
signal.addEventListener("abort", () => log.info("Heard it."));
setInterval(() => {}, 1_000);
log.info("Listening.");
