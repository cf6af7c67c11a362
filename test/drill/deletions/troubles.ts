/** What may happen to a deletion in its drill: ordered before the yes, or done while it is under way. */
import type { FaultOrder } from "../../../sandbox/control/shapes.ts";
import type { PhoneMessage } from "../../support/phone.ts";
import { type Lane, pause } from "./lane.ts";

export interface Scene extends Lane {
  next: () => number;
  chatId: number;
  ids: readonly number[];
  shown: PhoneMessage;
  /** What somebody else has taken from the chat meanwhile. */
  takenByOthers: Set<number>;
}

interface Trouble {
  before?: (scene: Scene) => unknown;
  during?: (scene: Scene) => unknown;
  /** How many press the danger button at once. */
  taps?: number;
  /** Both phones send the command, and each says yes to its own preview. */
  twice?: boolean;
  needsServer?: boolean;
}

const DELETES = ["messages.deleteMessages", "channels.deleteMessages"];
const READS = ["messages.getMessages", "channels.getMessages"];

const order = ({ sandbox }: Scene, methods: readonly string[], fault: Omit<FaultOrder, "door" | "method">) =>
  Promise.all(methods.map((method) => sandbox.control.faults.add({ door: "mtproto", method, ...fault })));
const orderBot = ({ sandbox }: Scene, method: string, fault: Omit<FaultOrder, "door" | "method">) =>
  sandbox.control.faults.add({ door: "bot-api", method, ...fault });
const press = ({ sandbox, shown }: Scene, label: RegExp, timeoutMs = 6_000) =>
  sandbox.phone.press(label, { after: shown.id - 1, timeoutMs }).catch(() => {});

/** Somebody deletes some of the same messages by hand, in the app. */
async function takeSome(scene: Scene): Promise<void> {
  const chosen = scene.ids.filter(() => scene.next() < 0.3).slice(0, 30);
  const { deleted } = await scene.sandbox.control.world.deleteMessages(scene.chatId, [...chosen]);
  for (const id of deleted) scene.takenByOthers.add(id);
}

/** While the deletion is under way, after a time of its own. */
const within = (ms: number, act: (scene: Scene) => unknown) => async (scene: Scene) => {
  await pause(scene.next() * ms);
  await act(scene);
};

export const TROUBLES: Record<string, Trouble> = {
  nothing: {},
  kill: { during: within(4_500, (scene) => scene.killAndStart()) },
  "kill, and a pause": { during: within(4_500, (scene) => scene.killAndStart(1_500)) },
  "two kills": {
    during: async (scene) => {
      await within(4_000, (one) => one.killAndStart())(scene);
      await within(3_000, (one) => one.killAndStart())(scene);
    },
  },
  "kill before the answer": {
    before: (scene) => order(scene, DELETES, { kind: "late-answer", args: { ms: 20_000 }, count: 1 }),
    during: within(5_000, (scene) => scene.killAndStart()),
  },
  "line cut at the call": { before: (scene) => order(scene, DELETES, { kind: "cut", args: { bytes: 0 }, count: 2 }) },
  "line cut in the answer": { before: (scene) => order(scene, DELETES, { kind: "cut", args: { bytes: 9 }, count: 1 }) },
  "line cut while copying": {
    before: (scene) => order(scene, [...READS, "upload.getFile"], { kind: "cut", args: { bytes: 0 }, count: 2 }),
  },
  "lost answer": { before: (scene) => order(scene, DELETES, { kind: "lose-answer", count: 1 }) },
  "late answer": { before: (scene) => order(scene, DELETES, { kind: "late-answer", args: { ms: 4_000 }, count: 1 }) },
  "answer twice": { before: (scene) => order(scene, DELETES, { kind: "duplicate-answer", count: 2 }) },
  "server trouble": { before: (scene) => order(scene, DELETES, { kind: "rpc-call-fail", count: 2 }) },
  "flood on deleting": {
    before: (scene) => order(scene, DELETES, { kind: "flood-wait", args: { seconds: 1 }, count: 2 }),
  },
  "flood on reading": {
    before: (scene) => order(scene, READS, { kind: "flood-wait", args: { seconds: 1 }, count: 1 }),
  },
  "replayed update": { before: (scene) => orderBot(scene, "getUpdates", { kind: "lose-answer", count: 2 }) },
  "bot told to wait": {
    before: async (scene) => {
      await orderBot(scene, "editMessageText", { kind: "too-many-requests", args: { seconds: 1 }, count: 2 });
      await orderBot(scene, "sendMessage", { kind: "too-many-requests", args: { seconds: 1 }, count: 1 });
    },
  },
  "report's answer lost": { before: (scene) => orderBot(scene, "sendMessage", { kind: "lose-answer", count: 1 }) },
  "double tap": { taps: 2 },
  "two phones, yes and undo": {
    taps: 2,
    during: (scene) => Promise.all([press(scene, /Undo|Keep them/), press(scene, /Undo|Stop here/)]),
  },
  "two phones, two commands": { twice: true },
  "two phones, one deletes by hand": { during: within(4_000, takeSome) },
  undo: { during: within(2_500, (scene) => press(scene, /Undo|Keep them/)) },
  stop: { during: within(3_500, (scene) => press(scene, /Stop here/, 2_500)) },
  "right lost": {
    during: within(3_000, ({ sandbox, chatId }) => sandbox.control.world.setMember(chatId, "member").catch(() => {})),
  },
  "Telegram's clock": {
    during: within(2_500, ({ sandbox, next }) => sandbox.control.world.shiftClock(next() < 0.5 ? 3_600 : -1_800)),
  },
  "clock set forward": { during: within(3_500, ({ setClock }) => setClock(3_600)) },
  "clock set back": { during: within(3_500, ({ setClock }) => setClock(-3_600)) },
  "clock to and fro": {
    during: async ({ setClock, next }) => {
      for (const seconds of [5, -86_400, 90, 0]) {
        setClock(seconds);
        await pause(next() * 1_500);
      }
    },
  },
  "database away": {
    needsServer: true,
    during: within(4_000, async ({ line }) => {
      line?.cut();
      await pause(3_000);
      line?.restore();
    }),
  },
  "database silent": {
    needsServer: true,
    during: within(4_000, async ({ line }) => {
      line?.hold();
      await pause(4_000);
      line?.restore();
    }),
  },
  "database away, then a kill": {
    needsServer: true,
    during: within(3_000, async ({ line, killAndStart }) => {
      line?.cut();
      await pause(500);
      const up = killAndStart();
      await pause(1_500);
      line?.restore();
      await up;
    }),
  },
};
