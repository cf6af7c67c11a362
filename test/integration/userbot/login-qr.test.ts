import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Api } from "telegram/tl/index.js";
import { expect, it, onTestFinished } from "vitest";
import { UserError } from "../../../src/core/errors.ts";
import { Connection } from "../../../src/userbot/gramjs/client.ts";
import { loginByQr, type QrScreen } from "../../../src/userbot/gramjs/login-qr.ts";
import { reconnected, type Stage, signIn, stage } from "./stage.ts";

/** The owner's phone, which is signed in, and looks at the code. */
async function phoneOf(on: Stage) {
  const options = { ...on.options, sessionFile: join(on.folder, "phone") };
  await signIn({ ...on, options });
  const connection = new Connection(options);
  onTestFinished(() => connection.close());
  return {
    scan: (link: string) => {
      const token = Buffer.from(/^tg:\/\/login\?token=([\w-]+)$/.exec(link)?.[1] ?? "", "base64url");
      return connection.caller.call(new Api.auth.AcceptLoginToken({ token }), { signal: on.signal });
    },
  };
}

function screen(on: Stage, show: QrScreen["show"], passwords: string[] = []) {
  const said: string[] = [];
  const shown: QrScreen = {
    show,
    password: async (hint) => {
      said.push(`hint ${hint}`);
      return passwords.shift() ?? on.owner.password ?? "";
    },
    note: (sentence) => void said.push(sentence),
  };
  return { said, shown };
}

it("signs in when the phone has scanned the code, at once and without another look", async () => {
  const on = await stage();
  const phone = await phoneOf(on);
  const links: string[] = [];
  const { shown } = screen(on, (link) => {
    links.push(link);
    void phone.scan(link);
  });
  expect(await loginByQr(on.options, shown, on.signal)).toMatchObject({ id: on.owner.userId, username: "alex" });
  expect(links).toHaveLength(1);
  expect(on.calls("auth.exportLoginToken")).toBe(2);
  const telegram = await reconnected(on);
  await telegram.close();
  expect(readFileSync(on.options.sessionFile, "utf8")).not.toContain("tg://");
});

it("goes to the data centre where the account lives", async () => {
  const on = await stage({ firstDc: 1 });
  const phone = await phoneOf(on);
  const { shown } = screen(on, (link) => void phone.scan(link));
  await loginByQr(on.options, shown, on.signal);
  expect(on.calls("auth.importLoginToken")).toBe(1);
  await reconnected(on);
});

it("asks for the password where there is one, and lets a wrong one be mended", async () => {
  const on = await stage({ password: "correct horse" });
  const phone = await phoneOf(on);
  const { said, shown } = screen(on, (link) => void phone.scan(link), ["wrong"]);
  await loginByQr(on.options, shown, on.signal);
  expect(said).toEqual(["hint the cat", "That password is not right.", "hint the cat"]);
  await reconnected(on);
});

it("shows a new code when one has run out, and leaves no session when it is stopped", async () => {
  const on = await stage();
  // Their clock is behind ours, so that a code is over as soon as it is shown.
  on.world.clock.shift(-40);
  const stop = new AbortController();
  const links: string[] = [];
  const { shown } = screen(on, (link) => {
    links.push(link);
    if (links.length === 2) stop.abort(new UserError("Stopped: nothing was changed."));
  });
  await expect(loginByQr(on.options, shown, stop.signal)).rejects.toThrow("Stopped");
  expect(new Set(links).size).toBe(2);
  expect(() => readFileSync(on.options.sessionFile)).toThrow("ENOENT");
});
