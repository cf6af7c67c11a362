/** What pictures look like, kept once for each content. */
import { contentFiles, OWN } from "./duplicates.ts";
import { insert, replace } from "./insert.ts";
import type { PictureMark, PictureRepository } from "./ports/pictures.ts";
import { countOf, marks, type Store } from "./sql.ts";
import { textOrNull } from "./values.ts";

const AT_ONCE = 500;
/** Sent as pictures, or as files that are some. */
const IS_PICTURE = "(media_type = 'photo' OR mime_type IN ('image/jpeg', 'image/png', 'image/webp'))";

const PLAN = {
  table: "picture_marks",
  key: ["content"],
  update: { mark: replace, why: replace, sha256: replace, width: replace, height: replace },
  stamp: "marked_at",
} as const;

type Row = { [column: string]: unknown };

export function pictureRepository(store: Store): PictureRepository {
  return {
    files: (hostname, by, after, limit) => contentFiles(store, hostname, by, after, limit, IS_PICTURE),

    count: (hostname) =>
      countOf(store, `SELECT COUNT(*) AS total FROM messages WHERE ${OWN} AND ${IS_PICTURE}`, [hostname]),

    async marks(contents) {
      const found = new Map<string, PictureMark>();
      for (let from = 0; from < contents.length; from += AT_ONCE) {
        const some = contents.slice(from, from + AT_ONCE);
        const rows = await store.all<Row>(
          `SELECT content, mark, why, sha256, width, height FROM picture_marks WHERE content IN (${marks(some)})`,
          some,
        );
        for (const row of rows) found.set(String(row.content), markOf(row));
      }
      return found;
    },

    async keep(list) {
      const byContent = new Map(list.map((one) => [one.content, one]));
      const sorted = [...byContent.values()].sort((a, b) => (a.content < b.content ? -1 : 1));
      await insert(
        store,
        PLAN,
        sorted.map(({ content, mark, why, sha256, width, height }) => ({ content, mark, why, sha256, width, height })),
      );
    },

    removed(hostname, path, content) {
      const [kind, value = ""] = content.split(/:(.*)/s);
      const by = kind === "sha256" ? "sha256" : "file_key";
      return store.run(
        `UPDATE messages SET local_file_path = NULL, updated_at = ${store.dialect.now}
          WHERE download_hostname = ? AND ${by} = ? AND local_file_path = ?`,
        [hostname, value, path],
      );
    },
  };
}

function markOf(row: Row): PictureMark {
  const content = String(row.content);
  const mark = textOrNull(row.mark);
  return mark === null
    ? { content, mark, width: null, height: null, sha256: null, why: String(row.why) }
    : {
        content,
        mark,
        width: Number(row.width),
        height: Number(row.height),
        sha256: String(row.sha256),
        why: null,
      };
}
