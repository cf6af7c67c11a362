import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { expect, it } from "vitest";
import { FatalError, RetryLaterError, UserError } from "../../../src/core/errors.ts";
import { login, logout } from "../../../src/userbot/gramjs/login.ts";
import { ownersAnswers, reconnected, stage } from "./stage.ts";

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

it("signs in by code and password, and the session file outlives the process", async () => {
  const on = await stage({ password: "correct horse" });
  const { answers, said } = ownersAnswers(on);
  expect(await login(on.options, answers, on.signal)).toMatchObject({ id: on.owner.userId, username: "alex" });
  expect(said).toEqual(["code by app", "hint the cat"]);
  const telegram = await reconnected(on);
  expect(await telegram.connect(on.signal)).toMatchObject({ id: on.owner.userId, name: "Alex Morgan" });
});

it("keeps the session from other users of the machine", async () => {
  const on = await stage();
  await login(on.options, ownersAnswers(on).answers, on.signal);
  expect(statSync(on.options.sessionFile).mode & 0o777).toBe(0o600);
});

it("seals the session with the owner's key, and says so when another one is given", async () => {
  const on = await stage();
  const options = { ...on.options, sessionKey: "a key of the owner's" };
  await login(options, ownersAnswers(on).answers, on.signal);
  expect(JSON.parse(readFileSync(options.sessionFile, "utf8"))).toMatchObject({ sealed: "aes-256-gcm" });
  await reconnected({ ...on, options });
  const wrong = await failure(reconnected({ ...on, options: { ...options, sessionKey: "another key entirely" } }));
  expect(wrong).toBeInstanceOf(FatalError);
  expect((wrong as Error).message).toContain("SESSION_KEY");
});

it("goes to the data centre where the account lives, and finds it again", async () => {
  const on = await stage({ firstDc: 1 });
  await login(on.options, ownersAnswers(on).answers, on.signal);
  const telegram = await reconnected(on);
  expect(on.calls("auth.sendCode PHONE_MIGRATE_2")).toBe(1);
  await telegram.close();
  await reconnected(on);
});

it("lets a wrong code be mended", async () => {
  const on = await stage();
  const { answers, said } = ownersAnswers(on, { codes: ["00000"] });
  await login(on.options, answers, on.signal);
  expect(said.filter((line) => line.startsWith("That code is not right"))).toHaveLength(1);
});

it("gives up after three wrong codes and three wrong passwords, and leaves no session", async () => {
  const on = await stage({ password: "correct horse" });
  const codes = await failure(login(on.options, ownersAnswers(on, { codes: ["1", "2", "3", "4"] }).answers, on.signal));
  expect(codes).toBeInstanceOf(UserError);
  expect((codes as Error).message).toContain("three times");
  const passwords = await failure(
    login(on.options, ownersAnswers(on, { passwords: ["a", "b", "c", "d"] }).answers, on.signal),
  );
  expect(passwords).toBeInstanceOf(UserError);
  expect(on.calls("auth.checkPassword PASSWORD_HASH_INVALID")).toBe(3);
  expect(() => statSync(on.options.sessionFile)).toThrow("ENOENT");
});

it("refuses to sign up a number without an account", async () => {
  const on = await stage();
  const { answers } = ownersAnswers(on);
  const error = await failure(login(on.options, { ...answers, phone: async () => "+9996000000" }, on.signal));
  expect(error).toBeInstanceOf(UserError);
  expect((error as Error).message).toContain("sign up in Telegram");
  expect(on.calls("auth.signUp")).toBe(0);
});

it("tells a flood by the clock and does not try again by itself", async () => {
  const on = await stage();
  on.fault({ method: "auth.sendCode", kind: "flood-wait", args: { seconds: 3600 } });
  const error = await failure(login(on.options, ownersAnswers(on).answers, on.signal));
  expect(error).toBeInstanceOf(RetryLaterError);
  expect((error as Error).message).toMatch(/until \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
  expect(on.calls("auth.sendCode FLOOD_WAIT_3600")).toBe(1);
});

it("says that an account is signed out where there is no session, and where Telegram has ended it", async () => {
  const on = await stage();
  expect(await failure(reconnected(on))).toMatchObject({ code: "SIGNED_OUT" });
  await login(on.options, ownersAnswers(on).answers, on.signal);
  const telegram = await reconnected(on);
  await telegram.close();
  for (const { authKeyId } of on.world.keys.all()) on.world.keys.remove(authKeyId);
  expect(await failure(reconnected(on))).toMatchObject({ code: "SIGNED_OUT" });
});

it("keeps out of a session that another process uses, until that one has ended", async () => {
  const on = await stage();
  await login(on.options, ownersAnswers(on).answers, on.signal);
  const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const ended = once(other, "exit");
  const lock = { pid: other.pid, host: hostname(), since: new Date().toISOString(), began: null };
  writeFileSync(`${on.options.sessionFile}.lock`, JSON.stringify(lock));
  expect(await failure(reconnected(on))).toMatchObject({ code: "SESSION_IN_USE" });
  other.kill("SIGKILL");
  await ended;
  await reconnected(on);
});

it("logs out at Telegram and forgets the session", async () => {
  const on = await stage();
  await login(on.options, ownersAnswers(on).answers, on.signal);
  await logout(on.options, on.signal);
  expect(on.calls("auth.logOut")).toBe(1);
  expect(() => statSync(on.options.sessionFile)).toThrow("ENOENT");
});
