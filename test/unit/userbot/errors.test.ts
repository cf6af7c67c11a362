import { expect, it } from "vitest";
import { toProductError } from "../../../src/userbot/gramjs/errors.ts";
import { LineBroken, RpcFault } from "../../../src/userbot/gramjs/fault.ts";

const made = (code: number, text: string) => toProductError(new RpcFault(code, text, "upload.getFile")) as Error;

it.each([
  [420, "FLOOD_WAIT_42", "RetryLaterError", { reason: "FLOOD_WAIT" }],
  [420, "FLOOD_PREMIUM_WAIT_3", "RetryLaterError", { reason: "FLOOD_PREMIUM_WAIT" }],
  [420, "SLOWMODE_WAIT_10", "RetryLaterError", { reason: "SLOWMODE_WAIT" }],
  [500, "RPC_CALL_FAIL", "RetryLaterError", { reason: "SERVER" }],
  [-503, "Timeout", "RetryLaterError", { reason: "SERVER" }],
  [400, "FILE_REFERENCE_EXPIRED", "StaleReferenceError", {}],
  [400, "FILE_REFERENCE_0_EXPIRED", "StaleReferenceError", {}],
  [400, "FILEREF_UPGRADE_NEEDED", "StaleReferenceError", {}],
  [400, "FILE_ID_INVALID", "FileError", {}],
  [400, "LOCATION_INVALID", "FileError", {}],
  [400, "CHANNEL_PRIVATE", "AccessError", {}],
  [403, "CHAT_ADMIN_REQUIRED", "AccessError", {}],
  [401, "AUTH_KEY_UNREGISTERED", "FatalError", { code: "SIGNED_OUT" }],
  [401, "SESSION_REVOKED", "FatalError", { code: "SIGNED_OUT" }],
  [401, "USER_DEACTIVATED_BAN", "FatalError", { code: "SIGNED_OUT" }],
  [406, "AUTH_KEY_DUPLICATED", "FatalError", { code: "DUPLICATE_SESSION" }],
  [400, "API_ID_INVALID", "FatalError", { code: "CONFIG" }],
  [400, "USERNAME_NOT_OCCUPIED", "UserError", {}],
  [400, "SOMETHING_NEW", "Error", {}],
])("makes of %i %s a %s", (code, text, name, fields) => {
  const error = made(code, text);
  expect(error).toMatchObject({ name, ...fields });
  expect(error.cause).toBeInstanceOf(RpcFault);
});

it("says until when Telegram wants to wait", () => {
  const before = Date.now();
  const { at } = made(420, "FLOOD_WAIT_42") as Error & { at: Date };
  expect(at.getTime() - before).toBeGreaterThanOrEqual(42_000);
});

it("calls a broken line a network that is away, and leaves what is no refusal as it is", () => {
  expect(toProductError(new LineBroken("gone"))).toMatchObject({ name: "RetryLaterError", reason: "NETWORK" });
  const bug = new TypeError("oops");
  expect(toProductError(bug)).toBe(bug);
});
