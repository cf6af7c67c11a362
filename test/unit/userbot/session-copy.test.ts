import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { refuseCopy, Session } from "../../../src/userbot/gramjs/session.ts";
import { machineMark } from "../../../src/userbot/machine-mark.ts";
import { tempFolder } from "../../support/temp.ts";

const SECRET = "sixteen characters at least";

test("a session file that was copied to another machine is refused with the reason, a moved or renamed one is not", () => {
  const folder = tempFolder();
  const there = tempFolder();
  mkdirSync(there, { recursive: true });
  for (const secret of [null, SECRET]) {
    const file = join(folder, "session");
    const session = new Session(file, secret, 2);
    session.signedIn("777");
    expect(() => refuseCopy(session, machineMark("alpha", file))).not.toThrow();
    session.belongTo(machineMark("alpha", file));

    const copy = join(there, "session");
    cpSync(file, copy);
    const copied = new Session(copy, secret, 2);
    expect(copied.userId).toBe("777");
    expect(() => refuseCopy(copied, machineMark("beta", copy))).toThrow(
      expect.objectContaining({
        code: "COPIED_SESSION",
        message: expect.stringMatching(/“alpha”.*AUTH_KEY_DUPLICATED.*npm run login.*MACHINE_NAME=alpha/),
      }),
    );
    // The same machine under a new name, and its data folder in a new place.
    expect(() => refuseCopy(copied, machineMark("beta", file))).not.toThrow();
    expect(() => refuseCopy(copied, machineMark("alpha", copy))).not.toThrow();
    copied.remove();
    session.remove();
  }
});
