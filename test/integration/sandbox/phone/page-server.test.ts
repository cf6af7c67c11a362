import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPhonePage } from "../../../../sandbox/phone/server.ts";
import { BOT, type BotApiWorld, OWNER, startBotApiWorld } from "../../../support/bot-api-world.ts";

let sandbox: BotApiWorld;
let phone: { url: string; close(): Promise<void> };

beforeAll(async () => {
  sandbox = await startBotApiWorld();
  phone = await startPhonePage(sandbox.world, { botId: BOT });
  sandbox.ownerSays("/start");
});
afterAll(async () => {
  await phone.close();
  await sandbox.close();
});

/** `fetch` sets Host and Origin by itself, so this asks by hand. */
function ask(path: string, headers: Record<string, string>, body?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(
      new URL(path, phone.url),
      { method: body === undefined ? "GET" : "POST", headers },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      },
    );
    call.on("error", reject);
    call.end(body);
  });
}

const json = { "content-type": "application/json" };

describe("the server of the phone page", () => {
  it("lets the page run its own scripts only", async () => {
    const answer = await fetch(phone.url);
    expect(answer.status).toBe(200);
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    expect(await answer.text()).not.toMatch(/<script(?![^>]*src=)|onclick=|style=/);
  });

  it("answers nobody who comes by another name or from another site", async () => {
    expect(await ask("/ask/chats", { host: "evil.example" })).toBe(403);
    expect(await ask("/do/send", { ...json, origin: "https://evil.example" }, '{"text":"x"}')).toBe(403);
    expect(await ask("/do/send", { "content-type": "text/plain" }, '{"text":"x"}')).toBe(403);
    expect(await ask("/do/send", json, '{"text":"fine"}')).toBe(200);
    expect(sandbox.world.as(BOT).topMessage(OWNER)?.text).toBe("fine");
  });

  it("gives out its own files and none beside them", async () => {
    for (const path of ["/app.js", "/theme.css", "/icon.svg"]) expect(await ask(path, {})).toBe(200);
    for (const path of ["/../server.ts", "/%2e%2e/server.ts", "/server.ts", "/nothing.js"]) {
      expect(await ask(path, {})).toBe(404);
    }
  });

  it("sends files of the world to be saved, in parts if asked, and runs none of them", async () => {
    const bytes = new TextEncoder().encode("<script>alert(1)</script>");
    const file = sandbox.world.content.add(bytes, "document", "text/html");
    const url = `${phone.url}files/${BigInt.asUintN(64, file.id)}`;
    const whole = await fetch(url);
    expect(whole.headers.get("content-type")).toBe("application/octet-stream");
    expect(whole.headers.get("content-disposition")).toBe("attachment");
    expect(new Uint8Array(await whole.arrayBuffer())).toEqual(bytes);
    const part = await fetch(url, { headers: { range: "bytes=1-6" } });
    expect(part.status).toBe(206);
    expect(await part.text()).toBe("script");
    expect(await ask("/files/12345", {})).toBe(404);
  });

  it("says in one word what it refuses", async () => {
    const refused = async (path: string, body: unknown) => {
      const answer = await fetch(new URL(path, phone.url), {
        method: "POST",
        headers: json,
        body: JSON.stringify(body),
      });
      return [answer.status, await answer.json()];
    };
    expect(await refused("/do/send", { text: "  " })).toEqual([400, { error: "MESSAGE_EMPTY" }]);
    expect(await refused("/do/press", { messageId: 99_999, data: "x" })).toEqual([
      400,
      { error: "MESSAGE_ID_INVALID" },
    ]);
    expect(await refused("/do/share", { messageId: 1, requestId: 1, peerIds: [1] })).toEqual([
      400,
      { error: "BUTTON_ID_INVALID" },
    ]);
  });
});
