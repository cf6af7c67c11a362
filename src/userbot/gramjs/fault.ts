/** What can go wrong below the product's own errors; none of these leaves gramjs/. */

/** Telegram's own refusal, with its words untouched: GramJS folds FLOOD_WAIT and FLOOD_PREMIUM_WAIT into one. */
export class RpcFault extends Error {
  override name = "RpcFault";
  readonly code: number;
  readonly text: string;
  readonly method: string;
  constructor(code: number, text: string, method: string) {
    super(`${method}: ${code} ${text}`);
    this.code = code;
    this.text = text;
    this.method = method;
  }
}

/** The connection broke, stalled or lied: the same request may be asked again on another one. */
export class LineBroken extends Error {
  override name = "LineBroken";
}

/** The data centre does not know our key (transport error -404). */
export class KeyUnknown extends LineBroken {
  override name = "KeyUnknown";
}

/** The answer holds something of a newer layer than ours. */
export class Unreadable extends Error {
  override name = "Unreadable";
}

/** The request was not answered in time although the connection lives. */
export class Unanswered extends Error {
  override name = "Unanswered";
}
