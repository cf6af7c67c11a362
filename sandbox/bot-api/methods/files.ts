import type { Methods } from "../bot.ts";
import { filePath } from "../file-download.ts";
import { photoJson } from "../json/media.ts";
import { badRequest } from "../refusal.ts";

/** Bots may fetch files of up to 20 MB. */
const DOWNLOAD_LIMIT = 20 * 1024 * 1024;

export const filesAndPhotos: Methods = {
  getFile({ world, bot, params }) {
    const fileId = params.text("file_id");
    if (!fileId) throw badRequest("file_id not specified");
    const part = bot.files.decode(fileId);
    const file = part && world.content.get(part.fileId);
    const length = file && world.content.length(file, part.size || undefined);
    if (!part || !file || length === null || length === undefined) {
      throw badRequest("wrong file_id or the file is temporarily unavailable");
    }
    if (length > DOWNLOAD_LIMIT) throw badRequest("file is too big");
    return {
      file_id: fileId,
      file_unique_id: bot.files.unique(file, part.size),
      file_size: length,
      file_path: filePath(file, part.size),
    };
  },

  getUserProfilePhotos({ world, bot, params }) {
    const userId = params.integer("user_id", 0);
    const user = world.people.get(userId);
    if (!user) throw badRequest("user not found");
    if (!user.hasPhoto) return { total_count: 0, photos: [] };
    const file = world.content.profilePhoto(userId);
    return { total_count: 1, photos: params.integer("offset", 0) > 0 ? [] : [photoJson(file, bot.files)] };
  },
};
