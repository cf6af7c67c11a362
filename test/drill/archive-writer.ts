/** The process that the drill kills: writes one archive, or goes on with it. */
import { writeArchive } from "../../src/archive/index.ts";
import type { ArchiveFormat } from "../../src/core/query-types.ts";
import { archiveOrder, archiveSource } from "../support/archive-messages.ts";

const [folder = "", format = "json", messages = "1000"] = process.argv.slice(2);
await writeArchive(folder, archiveOrder(format as ArchiveFormat), archiveSource(Number(messages), { page: 500 }), {
  signal: new AbortController().signal,
  onMessages: () => {},
});
