/** One archive, as the workshop writes it, in a process whose memory is its own. Prints one line of JSON. */
import { type ArchivedChat, verifyArchive, writeArchive } from "../../src/archive/index.ts";
import type { ArchiveFormat } from "../../src/core/query-types.ts";
import { openDatabase } from "../../src/db/index.ts";
import { archiveOrder } from "../../test/support/archive-messages.ts";
import { SILENT } from "../../test/support/database.ts";

/** As the workshop reads. */
const PAGE = 250;

const [dataDir = "", folder = "", format = "json", chat = "{}"] = process.argv.slice(2);
const db = await openDatabase({ databaseUrl: null, dataDir, hostname: "bench", log: SILENT });
const order = archiveOrder(format as ArchiveFormat, { chats: [JSON.parse(chat) as ArchivedChat] });
const began = performance.now();
const manifest = await writeArchive(
  folder,
  order,
  {
    async *read({ chatId }, afterId) {
      for (let last = afterId; ; ) {
        const rows = await db.archives.after(chatId, last, PAGE);
        if (rows.length > 0) yield rows;
        if (rows.length < PAGE) return;
        last = rows.at(-1)!.messageId;
      }
    },
    place: async ({ media }) => (media.type === "none" ? null : { absent: "not-wanted" }),
  },
  { signal: new AbortController().signal, onMessages: () => {} },
);
const seconds = (performance.now() - began) / 1000;
const { faults } = await verifyArchive(folder);
await db.close();
console.log(
  JSON.stringify({
    messages: manifest.messages,
    files: manifest.files.length,
    megabytes: Math.round(manifest.files.reduce((sum, { bytes }) => sum + bytes, 0) / 1024 ** 2),
    seconds: Math.round(seconds * 10) / 10,
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
    faults: faults.length,
  }),
);
