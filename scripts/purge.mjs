// Takes out of a stylesheet the rules for what none of its pages has.
//     node scripts/purge.mjs SHEET FILE...    (the templates and scripts of its pages)
import { readFileSync, writeFileSync } from "node:fs";
import { PurgeCSS } from "purgecss";

const [sheet, ...pages] = process.argv.slice(2);
const content = pages.map((path) => ({ raw: readFileSync(path, "utf8"), extension: "html" }));
// A macro of nhsuk-frontend writes this one.
const safelist = [/^nhsuk-skip-link/];
// The script puts these together, or finds their value on the page.
const dynamicAttributes = ["data-early", "data-letters", "data-space", "data-direction"];
content.push({ raw: "rtl", extension: "html" });
const css = [{ raw: readFileSync(sheet, "utf8"), name: sheet }];
const [purged] = await new PurgeCSS().purge({ content, css, safelist, dynamicAttributes });
writeFileSync(sheet, purged.css);
