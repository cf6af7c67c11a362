import { openStore, repositoriesOf } from "../../src/db/open-store.ts";
import { mysqlDatabase } from "../support/database.ts";
import { dbContract } from "./db/suite.ts";

dbContract("the server", async () => {
  const database = await mysqlDatabase();
  const store = await openStore(database.url);
  const none = async () => {
    throw new Error("Only a whole Db has a status.");
  };
  return {
    db: { ...repositoriesOf(store), status: none, tryNow: async () => true, close: () => store.close() },
    remove: async () => {
      await store.close();
      await database.remove();
    },
  };
});

dbContract("a stand-in in front of the server", async () => {
  const database = await mysqlDatabase();
  const db = await database.open();
  return {
    db,
    remove: async () => {
      await db.close();
      await database.remove();
    },
  };
});
