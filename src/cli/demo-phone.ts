/** The owner's hand in a demo without a page: it types, and reads what the phone shows, over the sandbox's control door. */

export interface PhoneMessage {
  id: number;
  from: "bot" | "me";
  text: string;
}

export interface FileTruth {
  messageId: number;
  name: string | null;
  size: number;
  sha256: string;
}

export interface WorldChat {
  chatId: number;
  username: string | null;
}

export interface DemoPhone {
  say(text: string): Promise<void>;
  messages(): Promise<PhoneMessage[]>;
  chats(): Promise<WorldChat[]>;
  files(chatId: number): Promise<FileTruth[]>;
}

export function demoPhone(control: string): DemoPhone {
  const ask = async <T>(method: "GET" | "POST", path: string, body?: unknown): Promise<T> => {
    const init =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    const response = await fetch(`${control}${path}`, { method, ...init });
    if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${path}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  return {
    say: async (text) => void (await ask("POST", "/phone/send", { text })),
    messages: async () => (await ask<{ messages: PhoneMessage[] }>("GET", "/phone/chat?after=0")).messages,
    chats: async () => (await ask<{ chats: WorldChat[] }>("GET", "/world/chats")).chats,
    files: async (chatId) => (await ask<{ files: FileTruth[] }>("GET", `/world/files?chatId=${chatId}`)).files,
  };
}
