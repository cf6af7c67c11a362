/**
 * npm run login — connects the Telegram account from the terminal: by a QR code that a phone scans, or by number and
 * code; then the password, where there is one.
 *
 *   --qr       does not ask, and shows the QR code
 *   --phone    does not ask, and takes the number
 */
import { createInterface, type Interface } from "node:readline";
import { Writable } from "node:stream";
import { parseArgs } from "node:util";
import { FatalError, RetryLaterError, UserError } from "../core/errors.ts";
import { prepareFolder } from "../data-folder.ts";
import { readConfig } from "../environment.ts";
import { createLogger } from "../logger.ts";
import { createRedactor } from "../redact.ts";
import { type CodeDelivery, type LoginAnswers, login } from "../userbot/gramjs/login.ts";
import { loginByQr } from "../userbot/gramjs/login-qr.ts";
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
const SCAN_IT =
  "In Telegram on your phone: Settings → Devices → Link Desktop Device, then point it here. A new code follows when this one has run out.";
const KEEP_IT = "Do not forward, screenshot or paste the code inside Telegram: it would stop working.";

type How = "qr" | "phone";

interface Prompts extends LoginAnswers {
  /** A QR code to be scanned, or number and code. */
  how(): Promise<How>;
  show(link: string): void;
  close(): void;
}

async function main(): Promise<number> {
  let prompts: Prompts | null = null;
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
    const options = { ...account, machine: machineMark(config.hostname, account.sessionFile), version: VERSION, log };
    const { qr, phone } = parseArgs({ options: { qr: { type: "boolean" }, phone: { type: "boolean" } } }).values;
    const how = qr ? "qr" : phone ? "phone" : await prompts.how();
    const who = await Promise.race([
      how === "qr" ? loginByQr(options, prompts, stop.signal) : login(options, prompts, stop.signal),
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
async function askAtTerminal(): Promise<Prompts> {
  const [clack, { default: qrcode }] = await Promise.all([import("@clack/prompts"), import("qrcode")]);
  const answer = async (given: Promise<string | symbol>): Promise<string> => {
    const value = await given;
    if (clack.isCancel(value)) throw new UserError("Stopped: nothing was changed.");
    return value as string;
  };
  return {
    how: () =>
      answer(
        clack.select({
          message: "How do you want to connect your account?",
          options: [
            { value: "qr", label: "QR code", hint: "scan it with a phone that has Telegram" },
            { value: "phone", label: "Phone number and code", hint: "if this terminal is on that phone" },
          ],
        }),
      ) as Promise<How>,
    show(link) {
      const draw = (_error: unknown, code: string) => {
        clack.log.info(SCAN_IT);
        console.log(code);
      };
      qrcode.toString(link, { type: "terminal", small: true, errorCorrectionLevel: "L" }, draw);
    },
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
function readLines(): Prompts {
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
    how: async () => "phone",
    show: (link) => console.log(`${SCAN_IT}\n${link}`),
    phone: () => next("Phone number:"),
    code: (delivery) => next(`${DELIVERED[delivery.to]} ${KEEP_IT}\nCode:`),
    password: (hint) => next(`Password${hint ? ` (hint: ${hint})` : ""}:`),
    note: (sentence) => console.log(sentence),
    close: () => input.close(),
  };
}

process.exitCode = await main();
process.stdin.destroy();
