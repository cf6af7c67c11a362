import type { FormattedString } from "@grammyjs/parse-mode";
import { fmt } from "@grammyjs/parse-mode";
import type { AccountState } from "../account.ts";
import { button, lines, rows, type View } from "../view.ts";
import { name, plainName, type Voice } from "../voice.ts";

/** "Alex (@alex)" */
export function accountName(state: AccountState): FormattedString | null {
  if (state.kind !== "connected") return null;
  const { account } = state;
  return account.username ? fmt`${name(account.name)} (@${account.username})` : name(account.name);
}

export function welcomeView(voice: Voice, person: string, account: AccountState, claimed: boolean): View {
  const { start } = voice.t;
  const connected = account.kind === "connected";
  return {
    text: lines(
      claimed && start.claimed,
      start.first(plainName(person, 40)),
      start.account(accountName(account), account.kind === "connecting", voice.timeZone),
      connected ? start.next : start.nextConnect,
    ),
    buttons: rows(
      [
        !connected && button(voice.t.common.connect, ["connect"], "primary"),
        connected && button(start.download, ["run", "download"], "primary"),
      ],
      [button(start.timeZone, ["set", "zone"]), button(start.what, ["help"])],
    ),
  };
}

function whyNot({ t }: Voice, { kind }: AccountState): string {
  if (kind === "connecting") return t.start.connecting;
  return kind === "no-worker" ? t.start.noWorker : t.start.notConnected;
}

export function startView(voice: Voice, account: AccountState, running: number): View {
  const { start, common } = voice.t;
  const who = accountName(account);
  const first = who ? start.connected(who) : whyNot(voice, account);
  return {
    text: fmt`${first}${running > 0 ? start.runningNow(running) : start.idle}`,
    buttons: rows(
      [!who && button(common.connect, ["connect"], "primary")],
      [
        button(start.download, ["run", "download"]),
        button(start.search, ["run", "search"]),
        button(start.stats, ["run", "stats"]),
      ],
      [
        button(start.chats, ["run", "chats"]),
        button(start.jobs(running), ["run", "jobs"]),
        button(start.settings, ["run", "settings"]),
      ],
    ),
  };
}
