import { describe } from "vitest";
import { mysqlDatabase } from "../support/database.ts";
import { downloadSuite } from "../support/suites/download.ts";
import { killSuite } from "../support/suites/kill.ts";

describe("on a database server", () => {
  downloadSuite(mysqlDatabase);
});

describe("on a database server, killed", () => {
  killSuite(mysqlDatabase);
});
