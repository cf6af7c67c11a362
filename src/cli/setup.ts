/** `npm run setup`: asks for the settings and writes .env. */
import { askSettings } from "./ask-settings.ts";

if (process.stdin.isTTY) {
  process.exitCode = (await askSettings(process.env)) ? 0 : 1;
} else {
  console.error("npm run setup asks questions: run it in a terminal, or copy .env.example to .env and fill it in.");
  process.exitCode = 1;
}
