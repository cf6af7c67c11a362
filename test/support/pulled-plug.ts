import { openStore } from "../../src/db/open-store.ts";
import type { Sql, Store } from "../../src/db/sql.ts";

/** A store behind a plug: with it pulled, every call ends as with a server that is gone. */
export interface Plug {
  in: boolean;
  /** Pulled by itself after so many more statements; before or after the statement is done. */
  after: { statements: number; done: boolean } | null;
  open: () => Promise<Store>;
  probe: () => Promise<void>;
}

export function plugInto(url: string): Plug {
  const gone = () => Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  const plug: Plug = {
    in: true,
    after: null,
    async open() {
      if (!plug.in) throw gone();
      const store = await openStore(url);
      return { ...store, ...guarded(store), transaction: (work) => store.transaction((tx) => work(guarded(tx))) };
    },
    async probe() {
      if (!plug.in) throw gone();
    },
  };
  const guarded = <S extends Sql>(sql: S): S => ({
    ...sql,
    all: (text: string, values?: []) => through(() => sql.all(text, values)),
    run: (text: string, values?: []) => through(() => sql.run(text, values)),
  });
  const through = async <T>(work: () => Promise<T>): Promise<T> => {
    const order = plug.after;
    const last = order !== null && order.statements-- <= 0;
    if (last && !order.done) plug.in = false;
    if (!plug.in) throw gone();
    const answer = await work();
    // A slow statement may end when the plug is in again and nothing is to pull it any more.
    if (last && plug.after === order) plug.in = false;
    if (!plug.in) throw gone();
    return answer;
  };
  return plug;
}
