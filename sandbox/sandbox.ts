import { startBotApi } from "./bot-api/server.ts";
import { startControl } from "./control/server.ts";
import { startMtproto } from "./mtproto/server.ts";
import { startPhonePage } from "./phone/server.ts";
import { BOT_ID, OWNER_ID, SECOND_ID, type SeedOptions, STRANGER_ID } from "./seeds/cast.ts";
import { demoWorld } from "./seeds/demo.ts";
import { smallWorld } from "./seeds/small.ts";
import type { SandboxSettings } from "./settings.ts";
import { Builder } from "./world/builder.ts";
import type { LocalWorld } from "./world/world.ts";

/** What a program needs to know to find this Telegram, and its owner to log in. */
export interface Ready {
  ready: true;
  dcs: { id: number; host: string; port: number }[];
  homeDc: number;
  /** PEM of the data centres' public key. */
  serverKey: string;
  botApi: string;
  control: string;
  page: string;
  owner: { id: number; phone: string; code: string; password: string | null };
  second: { id: number; phone: string; code: string };
  bot: { id: number; token: string; username: string };
  stranger: { id: number };
  apiId: number;
  apiHash: string;
}

export interface Sandbox {
  ready: Ready;
  world: LocalWorld;
  close(): Promise<void>;
}

/** Starts the whole local Telegram. `onStop` is called when the control door is asked to stop. */
export async function startSandbox(settings: SandboxSettings, onStop: () => void = () => {}): Promise<Sandbox> {
  const seeded: SeedOptions = {
    seed: settings.seed,
    base: settings.base,
    password: settings.password,
    keyFile: settings.state,
  };
  const world = settings.world === "demo" ? demoWorld(seeded) : smallWorld(seeded);
  world.lines.setDefault({ rttMs: settings.rttMs, bytesPerSecond: settings.bytesPerSecond });
  const mtproto = await startMtproto(world, { ports: settings.dcPorts });
  const botApi = await startBotApi(world, { port: settings.botApiPort, ...(settings.rateLimit ? {} : { rate: null }) });
  const control = await startControl(world, {
    port: settings.controlPort,
    builder: new Builder(world, settings.base),
    botId: BOT_ID,
    hands: { owner: OWNER_ID, second: SECOND_ID, stranger: STRANGER_ID },
    onStop,
  });
  const page = await startPhonePage(world, { port: settings.pagePort });
  const close = async () => {
    await Promise.all([mtproto.close(), botApi.close(), control.close(), page.close()]);
  };
  const urls = { botApi: botApi.url, control: control.url, page: `${page.url.replace(/\/$/, "")}/` };
  return { ready: readyLine(world, { dcs: mtproto.dcs, serverKey: mtproto.serverKey, ...urls }), world, close };
}

function readyLine(world: LocalWorld, found: Pick<Ready, "dcs" | "serverKey" | "botApi" | "control" | "page">): Ready {
  const owner = world.as(OWNER_ID).account;
  const second = world.as(SECOND_ID).account;
  const bot = world.as(BOT_ID);
  return {
    ready: true,
    homeDc: owner.homeDc,
    ...found,
    owner: { id: OWNER_ID, phone: owner.phone ?? "", code: owner.code, password: owner.password },
    second: { id: SECOND_ID, phone: second.phone ?? "", code: second.code },
    bot: { id: BOT_ID, token: bot.account.token ?? "", username: bot.user.username ?? "" },
    stranger: { id: STRANGER_ID },
    apiId: world.apiId,
    apiHash: world.apiHash,
  };
}
