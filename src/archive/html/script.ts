/** Search within a page. Everything else works without it. */
export const SCRIPT = `
(() => {
  const box = document.getElementById("find");
  const said = document.getElementById("found");
  if (!box || !said) return;
  const all = [...document.querySelectorAll(".m")];
  const days = [...document.querySelectorAll(".day")];
  const fold = (text) => text.normalize("NFKD").replace(/\\p{M}+/gu, "").toLowerCase();
  const texts = all.map((one) => fold(one.textContent || ""));
  let timer = 0;
  const look = () => {
    const words = fold(box.value).split(/\\s+/).filter(Boolean);
    let shown = 0;
    all.forEach((one, index) => {
      const fits = words.every((word) => texts[index].includes(word));
      one.hidden = !fits;
      if (fits) shown++;
    });
    for (const day of days) day.hidden = words.length > 0;
    said.textContent = words.length > 0 ? shown + " of " + all.length : "";
  };
  box.hidden = false;
  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 120); });
})();
`.trim();
