/** Five classes, by who acts next. Anything else is a bug. Messages are whole sentences and carry the cure. */

/** The owner acts: the text is shown word for word, nothing was changed. */
export class UserError extends Error {
  override name = "UserError";
}

/** A UserError to which the front door adds the command's usage line. */
export class UsageError extends UserError {
  override name = "UsageError";
}

/** Nobody acts: noted on the message and in `download_log`; the batch goes on. */
export class FileError extends Error {
  override name = "FileError";
}

/** The clock acts: the job goes on at `at`, and no attempt is spent. */
export class RetryLaterError extends Error {
  override name = "RetryLaterError";
  readonly at: Date;
  /** FLOOD_WAIT, FLOOD_PREMIUM_WAIT, SLOWMODE_WAIT, NETWORK, DISK (full), FOLDER (cannot be written). */
  readonly reason: string;
  constructor(message: string, at: Date, reason: string, options?: ErrorOptions) {
    super(message, options);
    this.at = at;
    this.reason = reason;
  }
}

/** The owner acts, in Telegram: the job fails and is not tried again. */
export class AccessError extends Error {
  override name = "AccessError";
}

/** The operator acts: the worker stops, the owner is told. */
export class FatalError extends Error {
  override name = "FatalError";
  /** SIGNED_OUT, DUPLICATE_SESSION, CONFIG, …: for code that must tell them apart. */
  readonly code: string;
  constructor(message: string, code: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
