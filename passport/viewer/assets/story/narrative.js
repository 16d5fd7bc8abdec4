import { make } from "../page/make.js";
import { word } from "../page/said.js";
import { languageOf, plain } from "./fhir.js";
import { tokens } from "./tokens.js";

const BLOCKS = new Set("p div section article blockquote address pre dd dt caption".split(" "));
const MARKS = { b: "strong", strong: "strong", i: "em", em: "em", span: "bdi" };
const HOLDERS = { ul: "ul", ol: "ol", li: "li", table: "table", tr: "tr", td: "td", th: "th" };
const INSIDE = { ul: "li", ol: "li", table: "tr", tr: "td" };
const DEEPEST = 20;
const ELEMENT_COST = 40;
const PIECE_COST = 10;

// The language that a narrative says it is in, or undefined.
export function narrativeLanguage(markup) {
  const [, , tag] = /^\s*<div\b[^>]{0,400}?\s(xml:)?lang\s*=\s*["']([^"']{1,40})["']/i.exec(markup) ?? [];
  return languageOf(tag);
}

// Draws a narrative's words into `place`, its own headings at `level`. Yields what each step
// cost in letters, so that whoever calls can stop.
export function* drawNarrative(markup, place, level) {
  const page = new Page(place, level);
  for (const token of tokens(markup)) {
    if (token.open) page.open(token.open);
    if (token.close) page.close(token.close);
    if (token.text) page.write(plain(token.text));
    yield token.text ? token.text.length + PIECE_COST : ELEMENT_COST;
  }
  // Nothing left of it but markup.
  if (!place.textContent.trim()) place.append(make("p", {}, word("nothing-written")));
}

// Where the next words go: the innermost list, table or page, and in it a line.
class Page {
  constructor(place, level) {
    this.holders = [place];
    this.heading = `h${Math.min(level, 6)}`;
    this.marks = [];
    this.line = null;
  }

  get holder() {
    return this.holders[this.holders.length - 1];
  }

  open(tag) {
    if (HOLDERS[tag]) this.hold(tag);
    else if (/^h[1-6]$/.test(tag)) this.start(this.heading);
    else if (BLOCKS.has(tag)) this.line = null;
    else if (tag === "br") this.line?.append(make("br"));
    else if (MARKS[tag] && this.marks.length < DEEPEST) this.mark(MARKS[tag]);
  }

  close(tag) {
    if (HOLDERS[tag]) this.letGo(tag);
    else if (BLOCKS.has(tag) || /^h[1-6]$/.test(tag)) this.line = null;
    else if (MARKS[tag]) this.unmark(MARKS[tag]);
  }

  hold(tag) {
    this.line = null;
    const isPart = tag === "li" || tag === "tr" || tag === "td" || tag === "th";
    if (this.holders.length > DEEPEST || (isPart && !this.fits(tag))) return;
    if (!isPart) this.enterPart();
    this.holders.push(this.holder.appendChild(make(HOLDERS[tag])));
  }

  // A list item only in a list, a cell only in a row: anything else is a line of its own.
  fits(tag) {
    const parent = this.holder.localName;
    return INSIDE[parent] === tag || (tag === "th" && parent === "tr");
  }

  enterPart() {
    while (INSIDE[this.holder.localName]) {
      this.holders.push(this.holder.appendChild(make(INSIDE[this.holder.localName])));
    }
  }

  letGo(tag) {
    this.line = null;
    const at = this.holders.map((holder) => holder.localName).lastIndexOf(tag);
    if (at > 0) this.holders.length = at;
  }

  start(tag) {
    this.enterPart();
    this.line = this.holder.appendChild(make(tag));
    this.spot = this.line;
    for (const name of this.marks) this.spot = this.spot.appendChild(make(name));
  }

  mark(name) {
    this.marks.push(name);
    if (this.line) this.spot = this.spot.appendChild(make(name));
  }

  unmark(name) {
    if (this.marks[this.marks.length - 1] !== name) return;
    this.marks.pop();
    if (this.line) this.spot = this.spot.parentNode;
  }

  write(text) {
    if (!this.line && !text.trim()) return;
    if (!this.line) this.start("p");
    this.spot.append(text);
  }
}
