import { Api } from "telegram";
import { afterEach, describe, expect, it } from "vitest";
import { SECOND_ID } from "../../../../sandbox/seeds/cast.ts";
import { gramjs, login, refusal } from "../../../support/gramjs.ts";
import { type MtprotoWorld, startMtprotoWorld } from "../../../support/mtproto-world.ts";

let running: MtprotoWorld;
let clients: { destroy(): Promise<void> }[] = [];

async function start(options: Parameters<typeof startMtprotoWorld>[0] = {}): Promise<MtprotoWorld> {
  running = await startMtprotoWorld(options);
  return running;
}

async function connected(startDc = 2) {
  const client = gramjs(running, startDc);
  clients.push(client);
  await client.connect();
  return client;
}

afterEach(async () => {
  for (const client of clients) await client.destroy();
  clients = [];
  await running.close();
  expect(running.reports).toEqual([]);
});

/** The words of Telegram in an error of GramJS. */
describe("logging in with GramJS", () => {
  it("goes from the wrong data centre to the right one, and asks for the second factor", async () => {
    const { owner, world } = await start({ password: "correct horse" });
    const client = await connected(1);
    await login(client, owner);
    expect(((await client.getMe()) as Api.User).username).toBe("alex");
    expect(client.session.dcId).toBe(2);
    const counts = world.journal.counts();
    expect(counts["auth.sendCode PHONE_MIGRATE_2"]).toBe(1);
    expect(counts["auth.signIn SESSION_PASSWORD_NEEDED"]).toBe(1);
  });

  it("refuses a wrong code, and the right one after five wrong ones", async () => {
    const { owner, world } = await start();
    const client = await connected();
    const phoneNumber = `+${owner.phone}`;
    const { phoneCodeHash } = await client.sendCode({ apiId: world.apiId, apiHash: world.apiHash }, phoneNumber);
    const signIn = (phoneCode: string) =>
      refusal(client.invoke(new Api.auth.SignIn({ phoneNumber, phoneCodeHash, phoneCode })));
    expect(await signIn("")).toBe("PHONE_CODE_EMPTY");
    for (let round = 0; round < 5; round++) expect(await signIn("00000")).toBe("PHONE_CODE_INVALID");
    expect(await signIn(owner.code)).toBe("PHONE_CODE_EXPIRED");
  });

  it("refuses a wrong password", async () => {
    const { owner } = await start({ password: "correct horse" });
    const client = await connected();
    expect(await refusal(login(client, { ...owner, password: "battery staple" }))).toBe("PASSWORD_HASH_INVALID");
  });

  it("refuses a wrong api hash, a number that is none, and whoever is not signed in", async () => {
    const { world } = await start();
    const client = await connected();
    const send = (phone: string, apiHash: string) => refusal(client.sendCode({ apiId: world.apiId, apiHash }, phone));
    expect(await send("+9996621234", "0".repeat(32))).toBe("API_ID_INVALID");
    expect(await send("+12", world.apiHash)).toBe("PHONE_NUMBER_INVALID");
    expect(await refusal(client.invoke(new Api.updates.GetState()))).toBe("AUTH_KEY_UNREGISTERED");
  });

  it("tells an unknown number that it must sign up", async () => {
    const { world } = await start();
    const client = await connected();
    const phoneNumber = "+9996000000";
    const { phoneCodeHash } = await client.sendCode({ apiId: world.apiId, apiHash: world.apiHash }, phoneNumber);
    const answer = await client.invoke(new Api.auth.SignIn({ phoneNumber, phoneCodeHash, phoneCode: "12345" }));
    expect(answer.className).toBe("auth.AuthorizationSignUpRequired");
  });

  it("lists the account's devices, and signs one out from another", async () => {
    const { owner } = await start();
    const first = await connected();
    const second = await connected();
    await login(first, owner);
    await login(second, owner);
    const { authorizations } = await first.invoke(new Api.account.GetAuthorizations());
    expect(authorizations).toHaveLength(2);
    const other = authorizations.find((each) => !each.current)!;
    await first.invoke(new Api.account.ResetAuthorization({ hash: other.hash }));
    expect(await refusal(second.invoke(new Api.updates.GetState()))).toBe("AUTH_KEY_UNREGISTERED");
    await first.invoke(new Api.auth.LogOut());
    expect(await refusal(first.invoke(new Api.updates.GetState()))).toBe("AUTH_KEY_UNREGISTERED");
  });

  it("lets a device in by a code that another one accepts", async () => {
    const { owner, world } = await start();
    const old = await connected();
    await login(old, owner);
    const fresh = await connected();
    const ask = () =>
      fresh.invoke(new Api.auth.ExportLoginToken({ apiId: world.apiId, apiHash: world.apiHash, exceptIds: [] }));
    const shown = await ask();
    expect(shown.className).toBe("auth.LoginToken");
    await old.invoke(new Api.auth.AcceptLoginToken({ token: (shown as Api.auth.LoginToken).token }));
    expect((await ask()).className).toBe("auth.LoginTokenSuccess");
    expect(((await fresh.getMe()) as Api.User).username).toBe("alex");
  });

  it("answers what it does not know with METHOD_INVALID, and notes the name", async () => {
    const { owner, world } = await start();
    const client = await connected();
    await login(client, owner);
    const unknown = new Api.stats.GetBroadcastStats({
      channel: new Api.InputChannelEmpty(),
    });
    expect(await refusal(client.invoke(unknown))).toBe("METHOD_INVALID");
    expect(world.journal.counts()["stats.getBroadcastStats METHOD_INVALID"]).toBe(1);
  });

  it("keeps no phone, code, hash or password in the journal", async () => {
    const { owner, world } = await start({ password: "correct horse" });
    const client = await connected();
    await login(client, owner);
    const written = JSON.stringify(world.journal.after(0));
    for (const secret of [owner.phone!, world.apiHash, "correct horse"]) expect(written).not.toContain(secret);
  });

  it("knows the second account at its own data centre", async () => {
    const { world } = await start();
    const client = await connected(2);
    await login(client, world.account(SECOND_ID)!);
    expect(client.session.dcId).toBe(1);
  });
});
