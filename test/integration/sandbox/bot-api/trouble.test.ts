import { GrammyError } from "grammy";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BOT, type BotApiWorld, OWNER, startBotApiWorld, TOKEN } from "../../../support/bot-api-world.ts";

let sandbox: BotApiWorld;
beforeEach(async () => {
  sandbox = await startBotApiWorld();
});
afterEach(() => sandbox.close());

const refusal = async (call: Promise<unknown>): Promise<string> => {
  const error: unknown = await call.then(
    () => new Error("was not refused"),
    (cause: unknown) => cause,
  );
  return error instanceof GrammyError ? `${error.error_code} ${error.description}` : String(error);
};
const owner = () => sandbox.world.as(OWNER);

describe("trouble on order", () => {
  beforeEach(() => {
    sandbox.ownerSays("/start");
  });

  it("limits an edit storm with 429 and the time to wait", async () => {
    await sandbox.close();
    sandbox = await startBotApiWorld({});
    sandbox.ownerSays("/start");
    const { message_id } = await sandbox.api.sendMessage(OWNER, "0");
    let refused: unknown;
    for (let count = 1; count <= 25 && refused === undefined; count++) {
      await sandbox.api.editMessageText(OWNER, message_id, String(count)).catch((error: unknown) => {
        refused = error;
      });
    }
    expect(refused).toMatchObject({ error_code: 429, parameters: { retry_after: 5 } });
  });

  it("answers 429, 502 or nothing, and writes every call into the journal", async () => {
    const { api, world } = sandbox;
    const order = { door: "bot-api" as const, method: "sendMessage", count: 1 };
    world.faults.add({ ...order, kind: "too-many-requests", args: { seconds: 7 } });
    expect(await refusal(api.sendMessage(OWNER, "x"))).toBe("429 Too Many Requests: retry after 7");
    world.faults.add({ ...order, kind: "bad-gateway" });
    expect(await refusal(api.sendMessage(OWNER, "x"))).toContain("HttpError");
    world.faults.add({ ...order, kind: "reset" });
    expect(await refusal(api.sendMessage(OWNER, "x"))).toContain("HttpError");
    world.faults.add({ ...order, kind: "lose-answer" });
    expect(await refusal(api.sendMessage(OWNER, "lost"))).toContain("HttpError");
    expect(owner().topMessage(BOT)?.text).toBe("lost");
    await api.sendMessage(OWNER, "fine");
    const calls = world.journal.after(0, { door: "bot-api", method: "sendMessage" });
    expect(calls.map(({ ok }) => ok).at(-1)).toBe(true);
    expect(calls[0]).toMatchObject({ error: "429 Too Many Requests: retry after 7", accountId: BOT });
    expect(JSON.stringify(calls)).not.toContain(TOKEN);
  });
});
