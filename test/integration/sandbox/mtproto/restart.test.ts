import { join } from "node:path";
import type { Api } from "telegram";
import { expect, it } from "vitest";
import { startMtproto } from "../../../../sandbox/mtproto/server.ts";
import { castWorld, OWNER_ID } from "../../../../sandbox/seeds/cast.ts";
import { gramjs, login } from "../../../support/gramjs.ts";
import { tempFolder } from "../../../support/temp.ts";

async function start(keyFile: string) {
  const { world } = castWorld({ seed: 11, base: Math.floor(Date.now() / 1000), password: null, keyFile });
  const reports: string[] = [];
  const server = await startMtproto(world, { report: (what, error) => reports.push(`${what}: ${error}`) });
  return { world, server, reports, owner: world.account(OWNER_ID)! };
}

it("a login outlives the sandbox where its keys are kept, and so does the server's key", async () => {
  const keyFile = join(tempFolder(), "keys.json");
  const before = await start(keyFile);
  const first = gramjs(before);
  await first.connect();
  await login(first, before.owner);
  const key = first.session.getAuthKey(2);
  await first.destroy();
  await before.server.close();

  const after = await start(keyFile);
  expect(after.server.serverKey).toBe(before.server.serverKey);
  const second = gramjs(after);
  second.session.setAuthKey(key, 2);
  await second.connect();
  expect(((await second.getMe()) as Api.User).username).toBe("alex");
  await second.destroy();
  await after.server.close();
  expect(after.reports).toEqual([]);
});
