// What opened, as a page: the person and the first screen, then the other parts in the person's
// order, then anything else.
import { make } from "../page/make.js";
import { word } from "../page/said.js";
import { aboutWords, reviewMonths } from "./about.js";
import { dateWords } from "./dates.js";
import { Entries, isObject, languageOf, listOf, textOf } from "./fhir.js";
import { lowDay } from "./low_day.js";
import { firstOnes, keyOf } from "./first_screen.js";
import { calledOf, drawPerson } from "./person.js";
import { drawResource } from "./resource.js";
import { attach, drawSections, idOf, titleOf } from "./section.js";

const SHORT_STORY = 1;
const MOST_CONTENTS = 40;
// Of a part on the first screen: however long one is, the others show too.
const FIRST_COST = 20_000;

// `context`: see after/after.js; gets `entries` and `main`. Returns { title, language, patient, composition,
// sections, head: Element[], about: () => Element[], body } where `body({ first, rest })` draws in
// steps and yields what each one cost; a helping ends with the first screen.
export function storyFrom(context) {
  const { files } = context;
  const main = files.find(({ resource }) => compositionOf(resource)) ?? files[0];
  const others = files.filter((file) => file !== main);
  const entries = new Entries(main.resource);
  context.entries = entries;
  context.main = main.resource;
  const composition = compositionOf(main.resource);
  const patient = entries.resolve(composition?.subject) ?? entries.first("Patient");
  const sections = listOf(composition?.section).filter(isObject);
  const language = languageOf(composition?.language);
  const first = firstOnes(composition, sections);
  const chosen = new Set(first.map(({ section }) => section));
  const numbered = sections.map((section, index) => ({ section, index, key: keyOf(section) }));
  const rest = numbered.filter((one) => !chosen.has(one.section));
  // Who wrote each part of the first screen: those who listen hear it, and nobody waits for it.
  const later = [];
  const story = { context, entries, language, months: reviewMonths(composition) };
  return {
    title: calledOf(patient) || textOf(composition?.title) || word("a-story"),
    language,
    patient,
    composition,
    sections,
    head: [lowDay(composition), statusWarning(main), drawPerson(patient)].filter(Boolean),
    about: () => {
      for (const act of later.splice(0)) act();
      return [dateLine(composition), datesOf(first, story), contents(rest)].filter(Boolean);
    },
    *body(places) {
      const unfinished = [];
      for (const one of first) yield* begin(drawSections([one], places.first, { ...story, later }), unfinished);
      if (first.length) yield Infinity;
      for (const drawing of unfinished) yield* drawing;
      if (composition) yield* drawSections(rest, places.rest, story);
      else yield* drawPlainly(main.resource, places.rest, context);
      for (const { resource } of others) yield* drawPlainly(resource, places.rest, context);
      if (!places.first.firstChild && !places.rest.firstChild) {
        places.rest.append(make("p", {}, word("nothing-yet")));
      }
    },
  };
}

// Draws until it is done or dear; what is not done waits until every first part has begun.
function* begin(drawing, unfinished) {
  for (let spent = 0; spent < FIRST_COST; ) {
    const { done, value } = drawing.next();
    if (done) return;
    spent += value;
    yield value;
  }
  unfinished.push(drawing);
}

function compositionOf(resource) {
  if (resource?.resourceType !== "Bundle") return undefined;
  const first = listOf(resource.entry)[0]?.resource;
  return first?.resourceType === "Composition" ? first : undefined;
}

// Resources of a collection one after the other; any other resource by itself.
function* drawPlainly(resource, place, context) {
  const isBundle = resource?.resourceType === "Bundle";
  for (const found of isBundle ? new Entries(resource).resources : [resource]) {
    const part = make("section", { class: "story-part" });
    place.append(part);
    yield* drawResource(isObject(found) ? found : {}, part, 2);
    attach(found, part, context);
  }
}

function statusWarning({ status }) {
  if (status !== "no-longer-valid") return null;
  return make("p", { class: "story-warning" }, word("no-longer-valid"));
}

function dateLine(composition) {
  const date = dateWords(composition?.date);
  return date ? make("p", { class: "story-about" }, word("last-changed", { date })) : null;
}

// On the first screen there is no room for who wrote each part, and when: it follows here.
function datesOf(first, story) {
  if (!first.length) return null;
  const items = first.map(({ section }) =>
    make("li", {}, make("b", { dir: "auto" }, titleOf(section)), ` – ${aboutWords(section, story)}`),
  );
  const heading = make("summary", {}, word("dates-of-first"));
  return make("details", { class: "story-dates" }, heading, make("ul", {}, ...items));
}

function contents(rest) {
  if (rest.length <= SHORT_STORY) return null;
  const items = rest.slice(0, MOST_CONTENTS).map(({ section, index }) =>
    make("li", {}, make("a", { href: `#${idOf(index)}`, dir: "auto" }, titleOf(section))),
  );
  if (rest.length > MOST_CONTENTS) items.push(make("li", {}, word("contents-more")));
  const heading = make("h2", { id: "contents" }, word("contents"));
  return make("nav", { class: "story-contents", "aria-labelledby": "contents" }, heading, make("ol", {}, ...items));
}
