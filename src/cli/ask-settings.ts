/** Asks for the settings one by one, tries them, and writes .env: the first start of somebody who has none. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as clack from "@clack/prompts";
import type { Environment } from "../config.ts";
import { settingFault } from "../setting-rules.ts";
import { checkBot } from "./bot-api.ts";
import { fillEnv, writeSecretFile } from "./env-file.ts";

const root = new URL("../../", import.meta.url);

/** True when there are settings to start with. A question broken off changes nothing. */
export async function askSettings(env: Environment): Promise<boolean> {
  clack.intro("Telegram Utilities: setting up this machine");
  clack.note(
    [
      "You need two things, both free, both from Telegram:",
      "1. a bot of your own: write /newbot to @BotFather;",
      "2. an application's id and hash: https://my.telegram.org, “API development tools”.",
      "",
      "Only want to look? Press Ctrl-C and run: npm run demo",
    ].join("\n"),
    "Before we begin",
  );
  if (existsSync(".env")) {
    const replace = await clack.confirm({ message: "There is a .env already. Replace it?", initialValue: false });
    if (replace !== true) return stopped("Nothing was changed.");
  }

  const botApiRoot = env.BOT_API_ROOT || "https://api.telegram.org";
  const token = await askToken(botApiRoot);
  if (token === null) return stopped();
  const answers: Record<string, string> = { BOT_TOKEN: token };
  for (const question of QUESTIONS) {
    const answer = question.secret
      ? await clack.password({ message: question.message, validate: validator(question) })
      : await clack.text({
          message: question.message,
          placeholder: question.placeholder,
          validate: validator(question),
        });
    if (clack.isCancel(answer)) return stopped();
    if (answer?.trim()) answers[question.name] = answer.trim();
  }

  writeSecretFile(".env", fillEnv(readFileSync(new URL(".env.example", root), "utf8"), answers));
  clack.log.success("Wrote .env, readable by you alone. Every other setting stands there too, with its default.");
  const login = await clack.confirm({ message: "Connect your Telegram account now?" });
  if (login === true) runLogin();
  clack.outro(
    answers.OWNER_ID
      ? "All set. npm start begins; then write /start to your bot."
      : "All set. npm start begins, and its log shows the link by which you claim the bot.",
  );
  return true;
}

interface Question {
  name: "OWNER_ID" | "API_ID" | "API_HASH" | "DOWNLOAD_DIR";
  message: string;
  placeholder?: string;
  secret?: boolean;
  optional?: boolean;
}

const QUESTIONS: readonly Question[] = [
  {
    name: "OWNER_ID",
    message: "Your own numeric Telegram id (@userinfobot tells it), or nothing to claim the bot by a link",
    optional: true,
  },
  { name: "API_ID", message: "API id, the number from my.telegram.org" },
  { name: "API_HASH", message: "API hash, the 32 characters beside it", secret: true },
  { name: "DOWNLOAD_DIR", message: "Folder for downloads", placeholder: "./data/downloads", optional: true },
];

function validator({ name, optional }: Question) {
  return (value: string | undefined) => {
    if (!value?.trim()) return optional ? undefined : "This one is needed.";
    return settingFault(name, value) ?? undefined;
  };
}

/** Asked until Telegram knows it. */
async function askToken(botApiRoot: string): Promise<string | null> {
  for (;;) {
    const answer = await clack.password({
      message: "Bot token, from @BotFather",
      validate: (value) => settingFault("BOT_TOKEN", value ?? "") ?? undefined,
    });
    if (clack.isCancel(answer)) return null;
    const spinner = clack.spinner();
    spinner.start("Asking Telegram…");
    try {
      const { username } = await checkBot(botApiRoot, answer.trim());
      spinner.stop(`This is @${username}.`);
      return answer.trim();
    } catch (error) {
      spinner.error((error as Error).message);
    }
  }
}

/** A process of its own: it takes the data folder and gives it back when it ends. */
function runLogin(): void {
  const script = fileURLToPath(new URL("src/cli/login.ts", root));
  const { status } = spawnSync(process.execPath, ["--import", import.meta.resolve("tsx"), script], {
    stdio: "inherit",
  });
  if (status !== 0) clack.log.warn("Not connected yet. Try again at any time: npm run login");
}

function stopped(message = "Stopped; nothing was written."): false {
  clack.cancel(message);
  return false;
}
