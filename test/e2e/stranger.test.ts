import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Program, startProgram } from "../support/program.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";

let sandbox: Sandbox;
let program: Program;
beforeAll(async () => {
  sandbox = await startSandbox();
  program = await startProgram({ sandbox });
});
afterAll(async () => {
  await program?.remove();
  await sandbox?.stop();
});

/** Every call of the bot since then that is not its polling. */
async function callsSince(n: number) {
  const { rpcs } = await sandbox.control.rpcs({ after: n, door: "bot-api", limit: 10_000 });
  return rpcs.filter(({ method }) => !/^(getUpdates|getMe)$/i.test(method));
}
/** The owner's own question comes back: whatever stood before it in the queue has been handled. */
async function ownerRoundTrip() {
  const asked = await sandbox.phone.say("/help");
  await sandbox.phone.waitFor(/./u, { after: asked });
}

describe("a stranger", () => {
  it("gets no call at all for texts, commands, claims and links", async () => {
    await sandbox.phone.say("/start");
    await sandbox.phone.waitFor((message) => Boolean(message.replyMarkup?.inline_keyboard));
    const { last } = await sandbox.control.rpcs({ after: Number.MAX_SAFE_INTEGER });

    for (const text of [
      "hello",
      "/start",
      "/start claim_AAAAAAAAAAAAAAAAAAAAAA",
      "/download @news",
      "https://t.me/news/5",
    ]) {
      await sandbox.stranger.say(text);
    }
    await ownerRoundTrip();

    const calls = await callsSince(last);
    const owner = String(sandbox.ready.owner.id);
    for (const { method, params } of calls) {
      expect(method).not.toMatch(/answerCallbackQuery|answerInlineQuery/i);
      expect(JSON.stringify(params)).toContain(owner);
      expect(JSON.stringify(params)).not.toContain(String(sandbox.ready.stranger.id));
    }
  });

  it("who adds the bot to a group sees it leave, and nothing else", async () => {
    const { last } = await sandbox.control.rpcs({ after: Number.MAX_SAFE_INTEGER });
    const { chatId: groupId } = await sandbox.control.phone.addBot("stranger");
    await ownerRoundTrip();
    const there = (await callsSince(last)).filter(({ params }) => JSON.stringify(params).includes(String(groupId)));
    expect(there.map(({ method }) => method.toLowerCase())).toEqual(["leavechat"]);
  });

  it("is named in the log by id only", () => {
    const text = program.lines().join("\n");
    expect(text).toContain(String(sandbox.ready.stranger.id));
    expect(text).not.toContain("claim_AAAA");
  });
});
