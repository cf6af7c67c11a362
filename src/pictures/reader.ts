/** A process of its own that reads one picture after another: paths come in, what was read goes out. */
import { readPicture } from "./read-picture.ts";

process.on("message", (path: string) => {
  void readPicture(path).then((reading) => process.send?.(reading));
});
process.on("disconnect", () => process.exit());
