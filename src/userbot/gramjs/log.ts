/** GramJS's log lines as pino's. It may say nothing to the console by itself: `canSend` false keeps it from that. */

import type { Logger } from "pino";
import { Logger as GramjsLogger, LogLevel } from "telegram/extensions/Logger.js";

export class GramjsLog extends GramjsLogger {
  readonly #log: Logger;

  constructor(log: Logger) {
    super(LogLevel.NONE);
    this.#log = log;
  }

  override canSend(): boolean {
    return false;
  }

  override error(message: string): void {
    this.#log.warn({ gramjs: message }, "GramJS reports an error.");
  }

  override warn(message: string): void {
    this.#log.debug({ gramjs: message }, "GramJS warns.");
  }

  override info(message: string): void {
    this.#log.trace({ gramjs: message }, "GramJS notes.");
  }

  override debug(message: string): void {
    this.#log.trace({ gramjs: message }, "GramJS notes.");
  }
}
