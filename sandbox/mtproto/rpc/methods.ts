import { accountMethods } from "../methods/account.ts";
import { authMethods } from "../methods/auth.ts";
import { chatMethods } from "../methods/chats.ts";
import { deletingMethods } from "../methods/deleting.ts";
import { dialogMethods } from "../methods/dialogs.ts";
import { helpMethods } from "../methods/help.ts";
import { historyMethods } from "../methods/history.ts";
import { noiseMethods } from "../methods/noise.ts";
import { sendingMethods } from "../methods/sending.ts";
import { topicMethods } from "../methods/topics.ts";
import { updateMethods } from "../methods/updates.ts";
import { uploadMethods } from "../methods/upload.ts";
import { userMethods } from "../methods/users.ts";
import type { Method } from "./call.ts";

/** Every method that the data centres answer. */
export const methods: Record<string, Method> = {
  ...accountMethods,
  ...authMethods,
  ...chatMethods,
  ...deletingMethods,
  ...dialogMethods,
  ...helpMethods,
  ...historyMethods,
  ...noiseMethods,
  ...sendingMethods,
  ...topicMethods,
  ...updateMethods,
  ...uploadMethods,
  ...userMethods,
};

/** What may be called before anyone is signed in. */
export const withoutLogin = new Set([
  "account.getPassword",
  "auth.bindTempAuthKey",
  "auth.cancelCode",
  "auth.checkPassword",
  "auth.dropTempAuthKeys",
  "auth.exportLoginToken",
  "auth.importAuthorization",
  "auth.importBotAuthorization",
  "auth.importLoginToken",
  "auth.logOut",
  "auth.resendCode",
  "auth.sendCode",
  "auth.signIn",
  "auth.signUp",
  "help.getAppConfig",
  "help.getAppUpdate",
  "help.getCdnConfig",
  "help.getConfig",
  "help.getCountriesList",
  "help.getInviteText",
  "help.getNearestDc",
  "langpack.getDifference",
  "langpack.getLangPack",
  "langpack.getLanguages",
  "langpack.getStrings",
  "upload.getCdnFile",
]);
