import { describe, expect, it } from "@jest/globals";
import { KumustaError } from "../../src/basics/errors.ts";
import { readConfig } from "../../src/config/read-config.ts";

function faultsOf(env: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (thrown) {
    if (thrown instanceof KumustaError) return thrown.details;
    throw thrown;
  }
}

describe("the configuration", () => {
  it("needs nothing: every default is there", () => {
    expect(readConfig({})).toMatchObject({
      port: 3978,
      dataDir: "./data",
      databaseUrl: "file:data/kumusta.db",
      recognizer: "linear",
      burstQuietMs: 900,
      widgetOrigins: [],
    });
  });

  it("puts the database into the data folder unless it is named", () => {
    expect(readConfig({ DATA_DIR: "/srv/bot" }).databaseUrl).toBe("file:/srv/bot/kumusta.db");
    expect(readConfig({ DATABASE_URL: "postgres://db/kumusta" }).databaseUrl).toBe("postgres://db/kumusta");
  });

  it("takes a variable set to nothing as not set", () => {
    expect(readConfig({ PORT: "", DIRECTLINE_SECRET: " " })).toMatchObject({
      port: 3978,
      directLineSecret: undefined,
    });
  });

  it("reads origins as a list", () => {
    expect(
      readConfig({ WIDGET_ORIGINS: "https://shop.example, https://www.shop.example" }).widgetOrigins,
    ).toEqual(["https://shop.example", "https://www.shop.example"]);
  });

  it("reports all faults at once, by name, and never shows a value", () => {
    const faults = faultsOf({
      PORT: "eighty",
      LOG_LEVEL: "loud-and-clear",
      DIRECTLINE_SECRET: "short-secret",
      WIDGET_ORIGINS: "https://shop.example/path",
      DATABASE_URL: "mysql://root:hunter2@db",
    });
    expect(faults.map((fault) => fault.split(" ")[0])).toEqual([
      "PORT",
      "DATABASE_URL",
      "LOG_LEVEL",
      "DIRECTLINE_SECRET",
      "WIDGET_ORIGINS",
    ]);
    expect(faults.join("\n")).not.toMatch(/eighty|loud|short-secret|hunter2|path$/u);
  });

  it("of text messages is whole, or off, or an error that names what is missing", () => {
    const twilio = {
      TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
      TWILIO_AUTH_TOKEN: "0123456789abcdef0123456789abcdef",
      TWILIO_FROM: "+639170000001",
    };
    expect(readConfig({}).sms).toBeUndefined();
    expect(faultsOf(twilio)).toEqual(["PUBLIC_URL is missing: Twilio signs the address that it calls"]);
    expect(faultsOf({ TWILIO_FROM: "+639170000001" }).map((fault) => fault.split(" ")[0])).toEqual([
      "TWILIO_ACCOUNT_SID",
      "TWILIO_AUTH_TOKEN",
    ]);
    expect(readConfig({ ...twilio, PUBLIC_URL: "https://chat.shop.example/" }).sms).toMatchObject({
      apiUrl: "https://api.twilio.com",
      publicUrl: "https://chat.shop.example",
      mostParts: 3,
      quietHours: { from: 21 * 60, to: 8 * 60 },
    });
    const none = { ...twilio, PUBLIC_URL: "https://chat.shop.example", SMS_QUIET_HOURS: "none" };
    expect(readConfig(none).sms?.quietHours).toBeUndefined();
    expect(faultsOf({ SMS_QUIET_HOURS: "9pm" })).toHaveLength(1);
  });
});
