import { drawAttachments } from "../attachments/attachments.js";
import { make } from "../page/make.js";
import { word } from "../page/said.js";
import { aboutWords, languageIn, oldWords } from "./about.js";
import { isObject, listOf, textOf } from "./fhir.js";
import { drawNarrative } from "./narrative.js";
import { drawResource } from "./resource.js";

const SMALLEST_HEADING = 6;

export const titleOf = (section) => textOf(section?.title).trim().slice(0, 300) || word("no-title");
export const idOf = (index) => `part-${index + 1}`;

// Draws sections and those inside them, in order and however deep, as <section>s of `place`.
// `sections`: [{ section, index, key }]. `story`: { context, entries, language, months,
// later }, where `later`, if given, collects what need not be drawn at once. Yields what each step
// cost.
export function* drawSections(sections, place, story) {
  const waiting = sections.map((one) => ({ ...one, level: 2, id: idOf(one.index) }));
  waiting.reverse();
  while (waiting.length) {
    const { section, key, level, id } = waiting.pop();
    yield* drawSection(section, place, { ...story, key, level, id });
    const inside = listOf(section.section);
    const below = Math.min(level + 1, SMALLEST_HEADING);
    for (let at = inside.length - 1; at >= 0; at -= 1) {
      // A thousand floors down, an id of a thousand numbers helps nobody.
      const inner = `${id.slice(0, 40)}-${at + 1}`;
      if (isObject(inside[at])) waiting.push({ section: inside[at], level: below, id: inner });
    }
  }
}

function* drawSection(section, place, { context, entries, language, months, later, key, level, id }) {
  const heading = make(`h${level}`, { id, tabindex: "-1", dir: "auto", lang: language }, titleOf(section));
  const lang = languageIn(section) ?? language;
  const words = make("div", { class: "story-text", dir: "auto", lang });
  const part = make("section", { class: "story-part", "aria-labelledby": id }, heading);
  const old = level === 2 && oldWords(section, months);
  if (old) part.append(make("p", { class: "story-old" }, old));
  part.append(words);
  if (key) part.dataset.key = key;
  attach(section, part, context);
  const tell = () => drawAbout(section, part, { entries, language });
  if (later) later.push(tell);
  else tell();
  place.append(part);
  yield titleOf(section).length + 200;
  const markup = section.text?.div;
  if (typeof markup === "string" && markup) yield* drawNarrative(markup, words, level + 1);
  else yield* drawEntries(section, entries, words, level + 1);
}

function drawAbout(section, part, story) {
  const about = aboutWords(section, story);
  if (about) part.append(make("p", { class: "story-about" }, about));
}

export function attach(source, part, context) {
  const spot = make("div", { class: "story-attachments" });
  drawAttachments(source, spot, context);
  if (spot.firstChild) part.append(spot);
}

// A section without a narrative speaks through the resources it points to.
function* drawEntries(section, entries, place, level) {
  for (const reference of listOf(section.entry)) {
    const resource = entries.resolve(reference);
    if (isObject(resource)) yield* drawResource(resource, place, Math.min(level, SMALLEST_HEADING));
    yield 10;
  }
  if (!place.textContent && !listOf(section.section).length) {
    place.append(make("p", {}, word("nothing-written")));
  }
}
