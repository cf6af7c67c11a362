/** The page of /settings that says how CSV archives are written. */
import type { Settings } from "../../core/settings.ts";
import type { BotContext } from "../context.ts";
import { button, rows, type View } from "../view.ts";

export function csvPage({ settings, voice: { t } }: BotContext): View {
  const { csvBom, csvEscapeFormulas } = settings;
  const { archive, common, settings: texts } = t;
  const toggle = (label: string, on: boolean, value: string) =>
    button(on ? texts.ticked(label) : label, ["set", "csv", value]);
  return {
    text: archive.csvPage(csvBom, csvEscapeFormulas),
    buttons: rows(
      [toggle(archive.csvBom, csvBom, csvBom ? "bom-off" : "bom-on")],
      [toggle(archive.csvFormulas, csvEscapeFormulas, csvEscapeFormulas ? "formulas-off" : "formulas-on")],
      [button(common.back, ["set"])],
    ),
  };
}

/** What a button of the page changes; null for one of another version. */
export function chosenCsv(value: string): { [Name in "csvBom" | "csvEscapeFormulas"]?: Settings[Name] } | null {
  const [name, state] = value.split("-");
  if (name === "bom") return { csvBom: state === "on" };
  return name === "formulas" ? { csvEscapeFormulas: state === "on" } : null;
}
