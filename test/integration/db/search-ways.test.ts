import { it } from "vitest";
import { bothWaysAgree } from "../../support/suites/search-ways.ts";
import { tempFolder } from "../../support/temp.ts";

it("finds the same by the index and by walking down from the newest", () =>
  bothWaysAgree(`sqlite:${tempFolder()}/search.sqlite`));
