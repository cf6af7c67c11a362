import type { World } from "../world/types.ts";
import type { ServerKey } from "./crypto/rsa.ts";
import type { Cdn } from "./files/cdn.ts";
import type { Uploads } from "./files/uploads.ts";
import type { KeyRing } from "./keys/key-ring.ts";
import type { LoginTokens } from "./login/login-tokens.ts";
import type { Logins } from "./login/logins.ts";
import type { RandomIds } from "./rpc/random-ids.ts";
import type { Takeouts } from "./rpc/takeouts.ts";
import type { Sessions } from "./session/sessions.ts";
import type { MessageIds } from "./wire/message-ids.ts";

export interface DcAddress {
  id: number;
  host: string;
  port: number;
}

/** What both data centres share. */
export interface Backend {
  readonly world: World;
  readonly serverKey: ServerKey;
  readonly ring: KeyRing;
  readonly ids: MessageIds;
  readonly sessions: Sessions;
  readonly logins: Logins;
  readonly tokens: LoginTokens;
  readonly uploads: Uploads;
  readonly cdn: Cdn;
  readonly randomIds: RandomIds;
  readonly takeouts: Takeouts;
  /** Filled when both listen. */
  readonly dcs: DcAddress[];
  /** Answers of so many bytes are packed; 0 = never. */
  readonly gzipFrom: number;
  /** A fault of the sandbox itself, not of the client. */
  report(what: string, error: unknown): void;
}
