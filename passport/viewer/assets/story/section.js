import { drawAttachments } from "../attachments/attachments.js";
import { make } from "../page/make.js";
import { dateWords } from "./dates.js";
import { extensionsOf, isObject, languageOf, listOf, nameOf, textOf } from "./fhir.js";
import { drawNarrative, narrativeLanguage } from "./narrative.js";
import { drawResource } from "./resource.js";

const SMALLEST_HEADING = 6;
const MOST_COMPARED = 100;

export const titleOf = (section) => textOf(section?.title).trim().slice(0, 300) || "Part without a title";

// Draws sections and those inside them, in order and however deep, as <section>s of `place`.
// `datesSaid`: what was already said above about when they were written. Yields what each step cost.
export function* drawSections(sections, place, { context, entries, language, datesSaid }) {
  const waiting = sections.map((section, index) => ({ section, level: 2, id: `part-${index + 1}` }));
  waiting.reverse();
  while (waiting.length) {
    const { section, level, id } = waiting.pop();
    yield* drawSection(section, { context, entries, place, language, datesSaid, level, id });
    const inside = listOf(section.section);
    const below = Math.min(level + 1, SMALLEST_HEADING);
    for (let at = inside.length - 1; at >= 0; at -= 1) {
      // A thousand floors down, an id of a thousand numbers helps nobody.
      const inner = `${id.slice(0, 40)}-${at + 1}`;
      if (isObject(inside[at])) waiting.push({ section: inside[at], level: below, id: inner });
    }
  }
}

function* drawSection(section, { context, entries, place, language, datesSaid, level, id }) {
  const markup = typeof section.text?.div === "string" ? section.text.div : "";
  const heading = make(`h${level}`, { id, tabindex: "-1", dir: "auto", lang: language }, titleOf(section));
  const words = make("div", {
    class: "story-text",
    dir: "auto",
    lang: narrativeLanguage(markup) ?? languageOf(section.language) ?? language,
  });
  const about = make("p", { class: "story-about" }, aboutWords(section, entries, datesSaid));
  const part = make("section", { class: "story-part", "aria-labelledby": id }, heading, words);
  attach(section, part, context);
  part.append(about);
  place.append(part);
  if (!about.textContent) about.remove();
  yield titleOf(section).length + 200;
  if (markup) yield* drawNarrative(markup, words, level + 1);
  else yield* drawEntries(section, entries, words, level + 1);
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
    place.append(make("p", {}, "Nothing is written here."));
  }
}

// The words that several sections share about when they were written, else "".
export function sharedDates(sections) {
  if (sections.length < 2 || sections.length > MOST_COMPARED) return "";
  const said = sections.map(dateSentences);
  // Where a section has no date, nothing said above may seem to give it one.
  if (said.includes("")) return "";
  const times = (words) => said.filter((one) => one === words).length;
  const usual = said.reduce((best, words) => (times(words) > times(best) ? words : best));
  return times(usual) > 1 ? usual : "";
}

// When a section was written and checked, in sentences; "" when it does not say.
export function dateSentences(section) {
  const [written] = extensionsOf(section, "written-at", "DateTime");
  const [reviewed] = extensionsOf(section, "reviewed-at", "DateTime");
  const said = [
    written && `Written on ${dateWords(written)}.`,
    reviewed && `Checked by the person on ${dateWords(reviewed)}.`,
  ];
  return said.filter(Boolean).join(" ");
}

function aboutWords(section, entries, datesSaid) {
  const [supporter] = extensionsOf(section, "supported-by", "Reference");
  const writer = writerWords(section, entries, nameIn(entries.resolve(supporter)));
  const dates = dateSentences(section);
  return [writer, dates === datesSaid ? "" : dates].filter(Boolean).join(" ");
}

function writerWords(section, entries, helper) {
  const authors = listOf(section.author).slice(0, 10).map((one) => entries.resolve(one)).filter(isObject);
  const own = authors.some((one) => one.resourceType === "Patient");
  const others = authors.filter((one) => one.resourceType !== "Patient").map(nameIn);
  const help = [...(own ? others : []), helper].filter(Boolean).join(" and ");
  const writer = own ? "the person" : others.filter(Boolean).join(" and ");
  if (!writer) return help && `Written with help from ${help}.`;
  if (own && !help) return "";
  // Whoever else wrote it down did so for the person, whose story it stays.
  if (!own) return `Written with ${[writer, help].filter(Boolean).join(" and ")}.`;
  return `Written by ${writer}${help ? `, with help from ${help}` : ""}.`;
}

function nameIn(resource) {
  return [resource?.name].flat().map((one) => nameOf(one) || textOf(one)).find(Boolean) ?? "";
}
