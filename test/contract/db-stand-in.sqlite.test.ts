import { openDatabase } from "../../src/db/index.ts";
import { openStore } from "../../src/db/open-store.ts";
import { standIn } from "../../src/db/stand-in.ts";
import { SILENT } from "../support/database.ts";
import { makeTempFolder, removeFolder } from "../support/temp.ts";
import { dbContract } from "./db/suite.ts";

dbContract("a stand-in whose central answers", async () => {
  const folder = makeTempFolder();
  const db = await standIn({
    home: await openStore(`sqlite:${folder}/home.sqlite`),
    openCentral: () => openStore(`sqlite:${folder}/central.sqlite`),
    probe: async () => {},
    hostname: "here",
    log: SILENT,
  });
  return {
    db,
    remove: async () => {
      await db.close();
      removeFolder(folder);
    },
  };
});

dbContract(
  "a stand-in whose central is away",
  async () => {
    const folder = makeTempFolder();
    const db = await openDatabase({
      databaseUrl: "mysql://nobody@127.0.0.1:1/nothing",
      dataDir: folder,
      hostname: "here",
      log: SILENT,
    });
    return {
      db,
      remove: async () => {
        await db.close();
        removeFolder(folder);
      },
    };
  },
  { away: true },
);
