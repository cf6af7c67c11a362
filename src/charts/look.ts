/** Light or dark, in colours that stay apart for eyes that see few: text against ground at 7 to 1 and more. */
export interface Colours {
  background: string;
  text: string;
  faint: string;
  line: string;
  bar: string;
  /** From nothing to the most. */
  heat: string[];
}

const LIGHT: Colours = {
  background: "#ffffff",
  text: "#16202b",
  faint: "#4d5b69",
  line: "#d9e0e6",
  bar: "#2478b8",
  heat: ["#eef3f7", "#a9cfe8", "#4d9bd0", "#14568a"],
};
const DARK: Colours = {
  background: "#17212b",
  text: "#f2f5f7",
  faint: "#b4c0cb",
  line: "#33414e",
  bar: "#5eb5f0",
  heat: ["#222f3b", "#27567a", "#3f93cf", "#a5dbff"],
};

export const coloursOf = (theme: "light" | "dark"): Colours => (theme === "dark" ? DARK : LIGHT);
