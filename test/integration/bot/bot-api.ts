/**
 * A Bot API at the far end of the wire, for one owner's chat: it keeps what the phone would show, refuses what breaks
 * Telegram's limits, and fails on order.
 */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Update } from "grammy/types";
import { eventually } from "../../support/eventually.ts";
import { breaches, type Call, contentOf, replyKeyboardOf, type Shown } from "./bot-api-limits.ts";

export type { Call, Shown };

export interface Person {
  id: number;
  is_bot: boolean;
  first_name: string;
  language_code?: string;
}
export const OWNER: Person = { id: 777, is_bot: false, first_name: "Alex", language_code: "en" };
export const STRANGER: Person = { id: 666, is_bot: false, first_name: "Mallory" };

interface Refusal {
  code: number;
  description: string;
  retryAfter?: number;
}
/** Says whether this call shall fail; null lets it pass. */
export type Fault = (call: Call) => Refusal | null;

export interface BotApi {
  url: string;
  calls: Call[];
  /** Breaches of Telegram's limits; every test ends with none. */
  faults: string[];
  shown: Map<number, Shown>;
  fault: Fault | null;
  /** Presses that were answered, with what the toast said. */
  answers: Map<string, string[]>;
  say(text: string, extra?: object): number;
  press(label: RegExp | string, on?: Shown): Promise<string>;
  pressData(data: string, from?: Person, messageId?: number): string;
  update(update: object): number;
  /** The newest message that fits, once there is one; `after` leaves older ones out. */
  waitFor(pattern: RegExp, after?: number): Promise<Shown>;
  all(): Shown[];
  close(): Promise<void>;
}

export async function startBotApi(): Promise<BotApi> {
  let nextUpdate = 1000;
  let nextMessage = 1;
  const updates: Update[] = [];
  const waiting = new Set<() => void>();

  const api: BotApi = {
    url: "",
    calls: [],
    faults: [],
    shown: new Map(),
    fault: null,
    answers: new Map(),
    say: (text, extra = {}) => {
      const id = nextMessage++;
      api.update({ message: { message_id: id, date: 0, chat: chatOf(OWNER), from: OWNER, text, ...extra } });
      return id;
    },
    async press(label, on) {
      const fits = (text: string) => (typeof label === "string" ? text === label : label.test(text));
      const found = await eventually(
        () => {
          for (const message of on ? [on] : api.all().reverse()) {
            const button = message.keyboard.flat().find(({ text }) => fits(text));
            if (button && "callback_data" in button) return { message, data: button.callback_data };
          }
          return null;
        },
        { timeoutMs: 25_000, what: () => `a button ${label} in:\n${transcript(api)}` },
      );
      const id = api.pressData(found.data, OWNER, found.message.id);
      const [toast = ""] = await eventually(() => api.answers.get(id), {
        timeoutMs: 10_000,
        what: "an answered press",
      });
      return toast;
    },
    pressData(data, from = OWNER, messageId = 1) {
      const id = String(nextUpdate);
      const message = { message_id: messageId, date: 0, chat: chatOf(from) };
      api.update({ callback_query: { id, from, data, chat_instance: "1", message } });
      return id;
    },
    update(update) {
      const id = nextUpdate++;
      updates.push({ update_id: id, ...update } as Update);
      for (const wake of waiting) wake();
      return id;
    },
    waitFor: (pattern, after = 0) =>
      eventually(() => api.all().findLast(({ id, text }) => id > after && pattern.test(text)), {
        timeoutMs: 25_000,
        what: () => `${pattern} in:\n${transcript(api)}`,
      }),
    all: () => [...api.shown.values()].filter(({ deleted }) => !deleted),
    close: () =>
      new Promise((resolve) => {
        for (const wake of waiting) wake();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const method = request.url?.split("/").at(-1) ?? "";
      const params = (body ? JSON.parse(body) : {}) as Record<string, unknown>;
      void handle({ method, params, at: Date.now() }, response);
    });
  });

  async function handle(call: Call, response: ServerResponse): Promise<void> {
    if (call.method === "getUpdates") {
      await poll(call, response);
      return;
    }
    const result = answer(call);
    reply(response, result);
  }

  async function poll(call: Call, response: ServerResponse): Promise<void> {
    const refusal = api.fault?.(call);
    if (refusal) return reply(response, refusal);
    const offset = Number(call.params.offset ?? 0);
    while ((updates[0]?.update_id ?? Number.POSITIVE_INFINITY) < offset) updates.shift();
    if (updates.length === 0 && call.params.timeout) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          waiting.delete(wake);
          resolve();
        };
        waiting.add(wake);
        response.on("close", wake);
      });
    }
    reply(response, [...updates]);
  }

  function answer(call: Call): unknown {
    api.calls.push(call);
    const refusal = api.fault?.(call);
    if (refusal) return refusal;
    const { method, params } = call;
    api.faults.push(...breaches(call));
    const target = api.shown.get(Number(params.message_id));
    switch (method) {
      case "getMe":
        return { id: 1, is_bot: true, first_name: "Bot", username: "test_bot", can_join_groups: false };
      case "sendMessage": {
        const message: Shown = {
          id: nextMessage++,
          ...contentOf(params),
          replyKeyboard: replyKeyboardOf(params),
          replyTo: (params.reply_parameters as { message_id: number } | undefined)?.message_id ?? null,
          silent: params.disable_notification === true,
          versions: [String(params.text)],
          deleted: false,
        };
        api.shown.set(message.id, message);
        return { message_id: message.id, date: 0, chat: chatOf(OWNER), text: params.text };
      }
      case "editMessageText": {
        if (!target || target.deleted) return { code: 400, description: "Bad Request: message to edit not found" };
        const content = contentOf(params);
        if (JSON.stringify(content) === JSON.stringify(only(target))) {
          api.faults.push(`the same edit twice: ${params.text}`);
          return { code: 400, description: "Bad Request: message is not modified: exactly the same" };
        }
        Object.assign(target, content);
        target.versions.push(String(params.text));
        return { message_id: target.id, date: 0, chat: chatOf(OWNER), text: params.text };
      }
      case "deleteMessage":
        if (target) target.deleted = true;
        return true;
      case "answerCallbackQuery": {
        const id = String(params.callback_query_id);
        const before = api.answers.get(id);
        if (before) api.faults.push(`a press was answered twice: ${before}, ${params.text}`);
        api.answers.set(id, [...(before ?? []), String(params.text ?? "")]);
        return true;
      }
      default:
        return true;
    }
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  api.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return api;
}

const chatOf = (person: Person) => ({
  id: person.id,
  type: "private",
  first_name: person.first_name,
});
const only = ({ text, entities, keyboard }: Shown) => ({ text, entities, keyboard });

function reply(response: ServerResponse, result: unknown): void {
  const refusal = result as Refusal;
  const failed = typeof result === "object" && result !== null && "code" in result && "description" in result;
  response.setHeader("content-type", "application/json");
  if (failed) {
    response.statusCode = refusal.code;
    const parameters = refusal.retryAfter === undefined ? {} : { parameters: { retry_after: refusal.retryAfter } };
    response.end(
      JSON.stringify({ ok: false, error_code: refusal.code, description: refusal.description, ...parameters }),
    );
  } else response.end(JSON.stringify({ ok: true, result }));
}

export function transcript(api: BotApi): string {
  return api
    .all()
    .map(
      ({ id, text, keyboard }) =>
        `${id}: ${text}\n   ${keyboard.map((row) => row.map((b) => `[${b.text}]`).join("")).join(" / ")}`,
    )
    .join("\n");
}
