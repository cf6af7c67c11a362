/** RFC 4180 to the letter: what it does not allow is an error. */
export function strictCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = "";
    if (text[at] === '"') {
      for (at++; ; at++) {
        if (at >= text.length) throw new Error("A quoted cell does not end.");
        if (text[at] !== '"') cell += text[at];
        else if (text[at + 1] === '"') cell += text[at++];
        else break;
      }
      at++;
    } else {
      const end = /[",\r\n]|$/g;
      end.lastIndex = at;
      const found = end.exec(text)!.index;
      if (text[found] === '"') throw new Error(`A quote within a bare cell at ${found}.`);
      cell = text.slice(at, found);
      at = found;
    }
    row.push(cell);
    if (text[at] === ",") at++;
    else if (text.startsWith("\r\n", at)) {
      rows.push(row);
      row = [];
      at += 2;
    } else throw new Error(`A cell ends with “${text.slice(at, at + 3)}” at ${at}.`);
    if (text[at - 1] === "," && text.startsWith("\r\n", at)) {
      row.push("");
      rows.push(row);
      row = [];
      at += 2;
    }
  }
  const [head] = rows;
  for (const [index, one] of rows.entries())
    if (one.length !== head?.length)
      throw new Error(`Row ${index} has ${one.length} cells instead of ${head?.length}.`);
  return rows;
}
