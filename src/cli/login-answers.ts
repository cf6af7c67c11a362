/** Answers the questions of `npm run login` in its place at a terminal, for the demo and for tests. */
import type { Child } from "./child.ts";

const LOGIN_WITHIN_MS = 60_000;

/** Throws what the login said where it did not work. */
export async function answerLogin(
  login: Child,
  owner: { phone: string; code: string; password: string | null },
): Promise<void> {
  for (const answer of [owner.phone, owner.code, ...(owner.password === null ? [] : [owner.password])]) {
    login.write(`${answer}\n`);
  }
  login.endInput();
  const timer = setTimeout(() => login.kill("SIGKILL"), LOGIN_WITHIN_MS);
  const { code, signal } = await login.exited;
  clearTimeout(timer);
  if (code !== 0) throw new Error(`The login failed (${signal ?? code}):\n${login.lines.slice(-10).join("\n")}`);
}
