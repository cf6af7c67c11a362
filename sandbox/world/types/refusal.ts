/** Thrown for whatever Telegram refuses; the name is Telegram's own, the code that of an RPC error. */
export class Refusal extends Error {
  override name = "Refusal";
  code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}
