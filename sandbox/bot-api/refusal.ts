/** What a refused call may tell the caller beside words. */
export type RefusalParameters = { retry_after?: number; migrate_to_chat_id?: number };

/** A call that the Bot API refuses, in Telegram's own words. */
export class Refusal extends Error {
  readonly code: number;
  readonly parameters: RefusalParameters | undefined;

  constructor(code: number, description: string, parameters?: RefusalParameters) {
    super(description);
    this.name = "Refusal";
    this.code = code;
    this.parameters = parameters;
  }
}

/**
 * A 400. The first letter turns small unless the second is a capital or an underscore,
 * which is how the real server words "Message is too long" and `BUTTON_DATA_INVALID`.
 */
export function badRequest(reason: string): Refusal {
  return new Refusal(400, `Bad Request: ${lowerFirst(reason)}`);
}

export const forbidden = (reason: string): Refusal => new Refusal(403, `Forbidden: ${reason}`);

export const tooManyRequests = (seconds: number): Refusal =>
  new Refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });

export const unauthorized = (): Refusal => new Refusal(401, "Unauthorized");

export const notFound = (): Refusal => new Refusal(404, "Not Found");

function lowerFirst(text: string): string {
  if (text.length < 2 || /[A-Z_]/.test(text[1] ?? "")) return text;
  return text[0]?.toLowerCase() + text.slice(1);
}
