import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { checkBot } from "../../../src/cli/bot-api.ts";

const TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0";

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answers =
  (results: Record<string, unknown>, date = new Date()): RequestListener =>
  (request, response) => {
    const method = request.url?.split("/").at(-1) ?? "";
    response.setHeader("date", date.toUTCString());
    response.end(JSON.stringify({ ok: true, result: results[method] }));
  };

describe("checkBot", () => {
  it("tells the bot's name, and that nothing stands in the way of polling", async () => {
    const root = await serve(answers({ getMe: { username: "my_bot" }, getWebhookInfo: { url: "" } }));
    const { username, webhook, clockAheadS } = await checkBot(root, TOKEN);
    expect({ username, webhook }).toEqual({ username: "my_bot", webhook: false });
    expect(Math.abs(clockAheadS ?? 99)).toBeLessThan(5);
  });

  it("sees a webhook, and a clock that is wrong", async () => {
    const past = new Date(Date.now() - 3_600_000);
    const root = await serve(answers({ getMe: { username: "b" }, getWebhookInfo: { url: "https://x" } }, past));
    const { webhook, clockAheadS } = await checkBot(root, TOKEN);
    expect(webhook).toBe(true);
    expect(clockAheadS).toBeGreaterThan(3_500);
  });

  it.each([
    [401, "does not know this bot token"],
    [502, "answered 502"],
  ])("has a sentence for %i, without the token", async (status, says) => {
    const root = await serve((_, response) => {
      response.statusCode = status;
      response.end("{}");
    });
    const failure = await checkBot(root, TOKEN).catch((error: Error) => error);
    expect(String(failure)).toContain(says);
    expect(String(failure)).not.toContain(TOKEN);
  });

  it("has a sentence for a silent network, without the token", async () => {
    const failure = await checkBot("http://127.0.0.1:1", TOKEN).catch((error: Error) => error);
    expect(String(failure)).toContain("No answer from 127.0.0.1:1");
    expect(JSON.stringify([failure, (failure as Error).stack])).not.toContain(TOKEN);
  });
});
