import { intOf, longOf, longsOf, objectOf, type TlObject, textOf } from "../../tl/value.ts";
import { heedUpdates } from "../updates/push.ts";
import { type Call, me, refuse } from "./call.ts";

/** Takes off what is wrapped around a method and does what it asks for. */
export async function unwrap(request: TlObject, call: Call): Promise<TlObject> {
  let quiet = false;
  let initialising = false;
  let current = request;
  for (;;) {
    const inner = objectOf(current, "query");
    if (!inner || !isWrapper(current._)) break;
    switch (current._) {
      case "invokeWithLayer":
        call.key.layer = intOf(current, "layer");
        break;
      case "initConnection":
        initConnection(current, call);
        initialising = true;
        break;
      case "invokeWithoutUpdates":
        quiet = true;
        break;
      case "invokeAfterMsg":
        await waitFor([longOf(current, "msg_id")], call);
        break;
      case "invokeAfterMsgs":
        await waitFor(longsOf(current, "msg_ids"), call);
        break;
      case "invokeWithTakeout":
        call.takeoutId = longOf(current, "takeout_id");
        if (!call.backend.takeouts.belongsTo(call.takeoutId, me(call).id)) refuse(403, "TAKEOUT_INVALID");
        break;
      case "invokeWithMessagesRange": {
        const range = objectOf(current, "range");
        if (range) call.range = { minId: intOf(range, "min_id"), maxId: intOf(range, "max_id") };
        break;
      }
      default: // The rest (attestations of other platforms) means nothing here.
    }
    current = inner;
  }
  // A temporary key is bound before anything else is said.
  if (call.key.layer === 0 && current._ !== "auth.bindTempAuthKey") refuse(400, "CONNECTION_NOT_INITED");
  if (initialising) {
    call.session.wantsUpdates = !quiet;
    heedUpdates(call.backend, call.session);
  }
  return current;
}

function isWrapper(name: string): boolean {
  return name.startsWith("invokeWith") || name.startsWith("invokeAfterMsg") || name === "initConnection";
}

function initConnection(request: TlObject, call: Call): void {
  const apiId = intOf(request, "api_id");
  if (apiId <= 0) refuse(400, "CONNECTION_API_ID_INVALID");
  if (textOf(request, "device_model") === "") refuse(400, "CONNECTION_DEVICE_MODEL_EMPTY");
  const login = call.key.login;
  if (!login) return;
  login.apiId = apiId;
  login.device = textOf(request, "device_model");
  login.platform = textOf(request, "lang_pack");
  login.systemVersion = textOf(request, "system_version");
  login.appVersion = textOf(request, "app_version");
  login.layer = call.key.layer;
  login.activeAt = call.world.clock.now();
  call.backend.ring.save(login);
}

async function waitFor(messageIds: readonly bigint[], call: Call): Promise<void> {
  for (const id of messageIds) {
    const running = call.session.running.get(id);
    if (running) {
      if (!(await running)) refuse(400, "MSG_WAIT_FAILED");
    } else if (!call.session.knows(id)) refuse(400, "MSG_WAIT_FAILED");
  }
}
