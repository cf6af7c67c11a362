import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { csvCell } from "../../../src/archive/csv/cell.ts";
import { writeArchive } from "../../../src/archive/index.ts";
import { archiveMessage, archiveOrder, archiveSource, HOSTILE } from "../../support/archive-messages.ts";
import { strictCsv } from "../../support/strict-csv.ts";
import { tempFolder } from "../../support/temp.ts";

const quiet = { signal: new AbortController().signal, onMessages: () => {} };

async function table(look: { csvBom?: boolean; csvEscapeFormulas?: boolean }, count = 400) {
  const folder = join(tempFolder(), "a");
  const order = archiveOrder("csv");
  await writeArchive(folder, { ...order, look: { ...order.look, ...look } }, archiveSource(count), quiet);
  const bytes = readFileSync(join(folder, "messages.csv"), "utf8");
  const [head = [], ...rows] = strictCsv(bytes.replace(/^\uFEFF/, ""));
  return { bytes, rows: rows.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index] ?? ""]))) };
}

it("writes one row a message that a strict reader reads back", async () => {
  const { rows } = await table({ csvEscapeFormulas: false });
  expect(rows).toHaveLength(400);
  for (const [index, row] of rows.entries()) {
    const { messageId, text, outgoing } = archiveMessage(index);
    const kept = text.replace(/[\0\u0001-\u0008\u000b\u000c\u000e-\u001f]|\p{Surrogate}/gu, "\uFFFD");
    expect(row).toMatchObject({ message_id: String(messageId), text: kept, outgoing: outgoing ? "1" : "0" });
  }
});

it("begins with a mark for table programs only where that is wanted", async () => {
  expect((await table({ csvBom: true }, 1)).bytes.startsWith("\uFEFFchat_id,")).toBe(true);
  expect((await table({ csvBom: false }, 1)).bytes.startsWith("chat_id,")).toBe(true);
});

it("leaves no cell that a table program would run", async () => {
  const { rows } = await table({ csvEscapeFormulas: true });
  for (const row of rows)
    for (const cell of Object.values(row)) {
      if (!/^-?\d+(\.\d+)?$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }
  for (const text of HOSTILE) expect(csvCell(text, true)).not.toMatch(/^"?[=+@\t\r]/);
});
