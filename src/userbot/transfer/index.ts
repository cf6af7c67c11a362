/** One file from Telegram to its place on disk: fetch, prove, sync, name. */
import type { RemoteFile, Telegram } from "../telegram.ts";
import { PartFetcher } from "./fetch-parts.ts";
import { PartFile } from "./part-file.ts";
import { placeFile } from "./place.ts";
import type { SavedContent, SaveOptions, Transfer } from "./transfer.ts";

export { clearLeftovers, linkOrCopy } from "./place.ts";

export function createTransfer(telegram: Telegram): Transfer {
  return { save: (file, path, options) => save(telegram, file, path, options) };
}

async function save(telegram: Telegram, file: RemoteFile, path: string, options: SaveOptions): Promise<SavedContent> {
  options.signal.throwIfAborted();
  let arrived = 0;
  const part = await PartFile.open(path);
  try {
    await new PartFetcher(telegram, file, options).into(part, (count) => {
      arrived += count;
      options.onBytes?.(count);
    });
    const content = await part.finish(options.modifiedAt);
    options.signal.throwIfAborted();
    await options.confirm?.();
    await placeFile(part.path, path);
    return content;
  } catch (error) {
    await part.discard();
    if (arrived > 0) options.onBytes?.(-arrived);
    throw error;
  }
}
