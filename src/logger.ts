/** One line per fact: JSON for machines, the same made pretty on a terminal; no secret in either. */
import { type DestinationStream, type Logger, pino } from "pino";
import { prettyFactory } from "pino-pretty";
import type { Config } from "./config.ts";
import { createRedactor, type Redactor } from "./redact.ts";

export type { Logger } from "pino";

export interface LoggerOptions {
  level: string;
  format: Config["log"]["format"];
  redactor?: Redactor;
  /** Defaults to standard output; given, nothing is made pretty unless `format` says so. */
  destination?: DestinationStream;
}

export function createLogger(options: LoggerOptions): Logger {
  const { level, format, redactor = createRedactor() } = options;
  const terminal = options.destination === undefined && process.stdout.isTTY === true;
  // Written at once, so that the last line before a crash is there.
  const destination = options.destination ?? pino.destination({ dest: 1, sync: true });
  const makePretty = format === "pretty" || (format === "auto" && terminal);
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: redactor.redact },
    },
    makePretty ? prettified(destination, terminal) : destination,
  );
}

/** In step with the logger, not as a stream beside it, which would lose the last lines of a process that exits. */
function prettified(destination: DestinationStream, colorize: boolean): DestinationStream {
  const prettify = prettyFactory({ colorize, translateTime: "SYS:HH:MM:ss" });
  return { write: (line) => destination.write(prettify(line)) };
}
