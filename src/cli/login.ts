/** npm run login — connects the Telegram account from the terminal: phone, code, password. */
import { createInterface, type Interface } from "node:readline";
import { Writable } from "node:stream";
import { FatalError, RetryLaterError, UserError } from "../core/errors.ts";
import { prepareFolder } from "../data-folder.ts";
import { readConfig } from "../environment.ts";
import { createLogger } from "../logger.ts";
import { createRedactor } from "../redact.ts";
import { type CodeDelivery, type LoginAnswers, login } from "../userbot/gramjs/login.ts";
import { machineMark } from "../userbot/machine-mark.ts";
import { VERSION } from "../version.ts";

const DELIVERED: Record<CodeDelivery["to"], string> = {
  app: "Telegram has sent the code to your Telegram app, as a message from “Telegram”.",
  sms: "Telegram has sent the code by SMS.",
  call: "Telegram will call you and say the code.",
  "missed-call": "Telegram will ring you: the code is the last digits of the number that calls.",
  email: "Telegram has sent the code by e-mail.",
  fragment: "Telegram has sent the code to your number on fragment.com.",
  unknown: "Telegram has sent a code.",
};
const KEEP_IT = "Do not forward, screenshot or paste the code inside Telegram: it would stop working.";

async function main(): Promise<number> {
  let prompts: (LoginAnswers & { close(): void }) | null = null;
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort(new UserError("Stopped: nothing was changed.")));
  try {
    const config = readConfig(["worker"]);
    const { account } = config;
    if (!account) throw new UserError("API_ID and API_HASH are needed: get them at https://my.telegram.org.");
    // The first word to a fresh clone may be this one.
    prepareFolder(config.dataDir, "DATA_DIR");
    const log = createLogger({ level: "silent", format: "json", redactor: createRedactor(config.secrets) });
    prompts = process.stdin.isTTY ? await askAtTerminal() : readLines();
    const who = await Promise.race([
      login(
        { ...account, machine: machineMark(config.hostname, account.sessionFile), version: VERSION, log },
        prompts,
        stop.signal,
      ),
      new Promise<never>((_, reject) => {
        stop.signal.addEventListener("abort", () => reject(stop.signal.reason));
      }),
    ]);
    console.log(`Connected as ${who.name}${who.username ? ` (@${who.username})` : ""}.`);
    console.log("Start the program with npm start; one that runs already notices by itself.");
    return 0;
  } catch (error) {
    if (!(error instanceof UserError || error instanceof FatalError || error instanceof RetryLaterError)) throw error;
    console.error(error.message);
    return 1;
  } finally {
    prompts?.close();
  }
}

/** With a terminal: the password is not shown. */
async function askAtTerminal(): Promise<LoginAnswers & { close(): void }> {
  const clack = await import("@clack/prompts");
  const answer = async (given: Promise<string | symbol>): Promise<string> => {
    const value = await given;
    if (clack.isCancel(value)) throw new UserError("Stopped: nothing was changed.");
    return value as string;
  };
  return {
    phone: () =>
      answer(
        clack.text({ message: "Phone number of your account, with the country's code", placeholder: "+491701234567" }),
      ),
    code(delivery) {
      clack.log.info(`${DELIVERED[delivery.to]}\n${KEEP_IT}`);
      return answer(clack.text({ message: `Code${delivery.digits ? ` (${delivery.digits} digits)` : ""}` }));
    },
    password: (hint) =>
      answer(clack.password({ message: `Password of two-step verification${hint ? ` (hint: ${hint})` : ""}` })),
    note: (sentence) => clack.log.warn(sentence),
    close() {},
  };
}

/** Without one: each answer is a line of the standard input, for scripts. */
function readLines(): LoginAnswers & { close(): void } {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const input: Interface = createInterface({ input: process.stdin, output: silent, terminal: false });
  const lines = input[Symbol.asyncIterator]();
  const next = async (question: string): Promise<string> => {
    console.log(question);
    const line = await lines.next();
    if (line.done) throw new UserError("The answers ended before the login did.");
    return line.value.trim();
  };
  return {
    phone: () => next("Phone number:"),
    code: (delivery) => next(`${DELIVERED[delivery.to]} ${KEEP_IT}\nCode:`),
    password: (hint) => next(`Password${hint ? ` (hint: ${hint})` : ""}:`),
    note: (sentence) => console.log(sentence),
    close: () => input.close(),
  };
}

process.exitCode = await main();
process.stdin.destroy();
