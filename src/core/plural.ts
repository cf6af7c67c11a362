/** The forms a language has for a counted word; every language has `other`. */
export type PluralForms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

const rules = new Map<string, Intl.PluralRules>();

/** The right form of a word for a number: plural(1, { one: "file", other: "files" }) is "file". */
export function plural(count: number, forms: PluralForms, language = "en"): string {
  let rule = rules.get(language);
  if (!rule) {
    rule = new Intl.PluralRules(language);
    rules.set(language, rule);
  }
  return forms[rule.select(count)] ?? forms.other;
}
