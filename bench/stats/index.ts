/**
 * Every question of /stats over ten million messages in MariaDB and a million in SQLite. `--messages` and `--sqlite` make
 * it smaller; `--only=sqlite` or `--only=mariadb` leaves the other out; `--data=<folder>` keeps both for the next time.
 */
import { zoneSegments } from "../../src/core/zone-segments.ts";
import { openStore, repositoriesOf } from "../../src/db/open-store.ts";
import { spread } from "../database/claims.ts";
import { times } from "../database/measure.ts";
import { chatOf, LARGEST_CHAT } from "../large/chats.ts";
import { largeDatabase } from "../large/index.ts";
import { largeFile } from "../large/sqlite.ts";

const ZONE = "Europe/Kyiv";

export async function run(options: ReadonlyMap<string, string>, say: (line: string) => void): Promise<object> {
  const only = options.get("only");
  const results: { [name: string]: object } = {};
  const keep = (name: string, found: object) => {
    results[name] = found;
    say(`${name}: ${JSON.stringify(found, null, 2)}`);
  };
  if (only !== "mariadb") {
    const file = await largeFile(options, say);
    try {
      keep("SQLite", await asked(file));
    } finally {
      file.close();
    }
  }
  if (only !== "sqlite") {
    const server = await largeDatabase(options, say);
    try {
      keep("MariaDB", await asked(server));
    } finally {
      await server.close();
    }
  }
  return results;
}

async function asked({ url, messages }: { url: string; messages: number }): Promise<object> {
  const store = await openStore(url, { silentMs: 120_000 });
  try {
    const { statistics } = repositoriesOf(store);
    const zone = async (chatId: number | null) => {
      const span = await statistics.span(chatId);
      return span ? zoneSegments(span.from, span.to, ZONE) : [];
    };
    const questions: { [name: string]: (chatId: number | null) => Promise<unknown> } = {
      kinds: (chatId) => statistics.kinds(chatId),
      senders: (chatId) => statistics.senders(chatId, 10),
      days: async (chatId) => statistics.days(chatId, await zone(chatId)),
      hours: async (chatId) => statistics.hours(chatId, await zone(chatId)),
      sizes: (chatId) => statistics.sizes(chatId, 10),
    };
    const measured: { [name: string]: object } = {};
    for (const [name, question] of Object.entries(questions)) {
      measured[`${name} of a chat`] = spread(await times(25, (run) => question(chatOf(run + 1))));
      measured[`${name} of the largest chat`] = spread(await times(15, () => question(LARGEST_CHAT)));
      measured[`${name} of all`] = spread(await times(15, () => question(null)));
    }
    measured.chats = spread(await times(15, () => statistics.chats(10)));
    // What the first answer to /stats asks.
    measured["/stats"] = spread(
      await times(15, () =>
        Promise.all([
          statistics.kinds(null),
          statistics.senders(null, 10),
          zone(null).then((one) => statistics.hours(null, one)),
        ]),
      ),
    );
    return { unit: "ms", messages, questions: measured };
  } finally {
    await store.close();
  }
}
