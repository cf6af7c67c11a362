import { describe, expect, it } from "vitest";
import { legacySettings } from "../../src/legacy-config.ts";

const EXPECTED = {
  API_ID: "12345",
  API_HASH: "0123456789abcdef0123456789abcdef",
  DATABASE_URL: "mysql://root:p%40ss%2Fword@db.home:3307/telegram",
};

describe("legacySettings", () => {
  it("reads sections for telegram and the database", () => {
    expect(
      legacySettings({
        telegram: { api_id: 12345, api_hash: EXPECTED.API_HASH, phone: "+380441234567", session: "me" },
        database: { host: "db.home", port: 3307, user: "root", password: "p@ss/word", database: "telegram" },
      }),
    ).toEqual(EXPECTED);
  });

  it("reads a flat file, whatever the spelling", () => {
    expect(
      legacySettings({
        apiId: "12345",
        "API-HASH": EXPECTED.API_HASH,
        mysql_host: "db.home",
        mysql_port: "3307",
        mysql_user: "root",
        mysql_password: "p@ss/word",
        mysql_database: "telegram",
      }),
    ).toEqual(EXPECTED);
  });

  it("takes the usual port, and a user without password", () => {
    expect(legacySettings({ db: { hostname: "h", username: "u", db_name: "n", name: "n" } })).toEqual({
      DATABASE_URL: "mysql://u:@h:3306/n",
    });
  });

  it("does not take a lone host for a database, nor anything odd for a setting", () => {
    for (const json of [null, [], 5, "x", {}, { host: "h" }, { telegram: null }, { database: { host: "h" } }]) {
      expect(legacySettings(json)).toEqual({});
    }
  });
});
