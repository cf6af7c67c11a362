/** The few questions that setup and doctor ask the Bot API, before there is a bot. */

export interface BotCheck {
  username: string;
  /** A bot with a webhook cannot be polled. */
  webhook: boolean;
  /** How far this machine's clock is ahead of Telegram's, in seconds; null where the answer bore no date. */
  clockAheadS: number | null;
}

/** Throws one sentence, without the token, where the bot cannot be used. */
export async function checkBot(botApiRoot: string, token: string): Promise<BotCheck> {
  const me = await call<{ username?: string }>(botApiRoot, token, "getMe");
  const webhook = await call<{ url?: string }>(botApiRoot, token, "getWebhookInfo");
  return { username: me.result.username ?? "?", webhook: Boolean(webhook.result.url), clockAheadS: me.clockAheadS };
}

async function call<T>(
  root: string,
  token: string,
  method: string,
): Promise<{ result: T; clockAheadS: number | null }> {
  let response: Response;
  try {
    response = await fetch(`${root}/bot${token}/${method}`, { signal: AbortSignal.timeout(15_000) });
  } catch {
    // The error of fetch names the address, and with it the token.
    throw new Error(`No answer from ${new URL(root).host}: check the network, a proxy or a firewall.`);
  }
  const now = Date.now();
  const answer = (await response.json().catch(() => null)) as { ok?: boolean; result?: T } | null;
  if (response.status === 401 || response.status === 404) {
    throw new Error("Telegram does not know this bot token: copy it again from @BotFather (/mybots → API Token).");
  }
  if (!answer?.ok || answer.result === undefined) {
    throw new Error(`The Bot API answered ${response.status}: try again in a minute.`);
  }
  const date = Date.parse(response.headers.get("date") ?? "");
  return { result: answer.result, clockAheadS: Number.isNaN(date) ? null : Math.round((now - date) / 1000) };
}
