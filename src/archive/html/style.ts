/** The look of every page; it stands in the page itself, so that a page alone is a whole one. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#eef1f5;--card:#fff;--out:#e3f6d3;--ink:#15191e;--soft:#55606d;--line:#d5dbe2;--link:#0b62b8;--mark:#fff2a8}
@media(prefers-color-scheme:dark){:root{--bg:#11161c;--card:#1d252e;--out:#22402d;--ink:#eaeff4;--soft:#a3b0bd;--line:#33404c;--link:#7db9f5;--mark:#5a4d00}}
*{box-sizing:border-box}
html{font:16px/1.45 system-ui,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;background:var(--bg);color:var(--ink)}
body{margin:0}
a{color:var(--link)}
a:focus-visible,input:focus-visible,summary:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.top{position:sticky;top:0;z-index:1;background:var(--card);border-bottom:1px solid var(--line);padding:.5rem 1rem}
.top h1{font-size:1.1rem;margin:0;overflow-wrap:anywhere}
.bar{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;max-width:46rem;margin:0 auto}
.bar input{flex:1 1 14rem;min-width:8rem;font:inherit;padding:.35rem .6rem;border:1px solid var(--line);border-radius:.5rem;background:var(--bg);color:inherit}
.bar p{margin:0}
main{max-width:46rem;margin:0 auto;padding:1rem .75rem 3rem}
nav.pages{display:flex;justify-content:space-between;gap:1rem;margin:1rem 0}
.day{font-size:.85rem;font-weight:600;text-align:center;color:var(--soft);margin:1.2rem 0 .6rem}
.m{background:var(--card);border:1px solid var(--line);border-radius:.9rem;padding:.5rem .8rem;margin:.4rem auto .4rem 0;max-width:90%;width:fit-content;overflow-wrap:anywhere}
.m.out{background:var(--out);margin-inline:auto 0}
.m:target{outline:3px solid var(--link)}
.m[hidden]{display:none}
.head{display:flex;flex-wrap:wrap;gap:.1rem .6rem;justify-content:space-between;font-size:.85rem;margin:0}
.who{font-weight:600}
.head a,.soft{color:var(--soft);text-decoration:none}
.head a:hover{text-decoration:underline}
.text{white-space:pre-wrap;margin:.15rem 0}
.note{font-size:.88rem;color:var(--soft);margin:.15rem 0}
.quoted{border-inline-start:3px solid var(--link);padding-inline-start:.5rem;margin:.2rem 0;font-size:.9rem}
.service{background:none;border:0;text-align:center;color:var(--soft);margin:.6rem auto;max-width:100%;font-size:.88rem}
.media{margin:.3rem 0}
.media img,.media video{max-width:100%;max-height:24rem;border-radius:.6rem;display:block;height:auto}
.media img.sticker{max-height:9rem}
.media audio{width:20rem;max-width:100%;display:block}
.file{display:inline-block;border:1px solid var(--line);border-radius:.6rem;padding:.4rem .7rem}
code{font-family:ui-monospace,Consolas,"DejaVu Sans Mono",monospace;font-size:.92em}
code.pre{display:inline-block;white-space:pre-wrap;background:var(--bg);border-radius:.4rem;padding:.2rem .4rem}
q.quote{quotes:none;display:inline-block;border-inline-start:3px solid var(--link);padding-inline-start:.5rem}
.spoiler{background:var(--soft);color:transparent;border-radius:.2rem}
.spoiler:hover,.m:focus-within .spoiler{background:none;color:inherit}
.asked{font-weight:600;margin:.2rem 0}
.poll{list-style:none;margin:.3rem 0;padding:0}
.poll li{display:flex;gap:.6rem;margin:.15rem 0}
.poll b{flex:0 0 auto;min-width:2ch;text-align:end}
.poll span{flex:1 1 auto}
.feet{display:flex;flex-wrap:wrap;gap:.2rem .7rem;font-size:.85rem;color:var(--soft);margin:.2rem 0 0}
.list{list-style:none;padding:0;margin:0}
.list li{background:var(--card);border:1px solid var(--line);border-radius:.7rem;margin:.4rem 0;padding:.55rem .8rem;display:flex;flex-wrap:wrap;justify-content:space-between;gap:.2rem 1rem;overflow-wrap:anywhere}
@media print{.top{position:static}.bar input{display:none}.m{break-inside:avoid}}
`.trim();
