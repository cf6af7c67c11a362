import type { Call, Methods } from "../bot.ts";
import { badRequest, Refusal } from "../refusal.ts";
import { CONFLICTS } from "../update-queue.ts";

export const updates: Methods = {
  getUpdates(call) {
    const { bot, params, signal } = call;
    if (bot.webhook) throw new Refusal(409, CONFLICTS.webhookActive);
    readAllowed(call);
    return bot.queue.poll({
      offset: params.integer("offset", 0),
      limit: params.integer("limit", 100, 1, 100),
      timeoutSeconds: params.integer("timeout", 0, 0, 50),
      signal,
    });
  },

  setWebhook(call) {
    const { bot, params } = call;
    const url = params.text("url");
    if (!url) return removeWebhook(call);
    if (!URL.canParse(url)) throw badRequest("invalid webhook URL specified");
    if (!url.startsWith("https://")) throw badRequest("bad webhook: An HTTPS URL must be provided for webhook");
    readAllowed(call);
    if (params.boolean("drop_pending_updates")) bot.queue.clear();
    bot.webhook = { url, maxConnections: params.integer("max_connections", 40, 1, 100) };
    bot.queue.interrupt(CONFLICTS.webhookSet);
    return true;
  },

  deleteWebhook: removeWebhook,

  getWebhookInfo({ bot }) {
    const allowed = bot.queue.allowedUpdates();
    return {
      url: bot.webhook?.url ?? "",
      has_custom_certificate: false,
      pending_update_count: bot.queue.length,
      ...(bot.webhook && { max_connections: bot.webhook.maxConnections }),
      ...(allowed && { allowed_updates: allowed }),
    };
  },
};

function removeWebhook({ bot, params }: Call): true {
  bot.webhook = null;
  if (params.boolean("drop_pending_updates")) bot.queue.clear();
  return true;
}

/** A call without the list leaves the last one in force. */
function readAllowed({ bot, params }: Call): void {
  const allowed = params.json("allowed_updates");
  if (allowed === undefined) return;
  if (!Array.isArray(allowed)) throw badRequest("can't parse allowed updates: expected an Array of String");
  bot.queue.allow(allowed.filter((kind) => typeof kind === "string"));
}
