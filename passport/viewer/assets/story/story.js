// What opened, as a page: the person first, then their words, then anything else.
import { make } from "../page/make.js";
import { dateWords } from "./dates.js";
import { Entries, isObject, languageOf, listOf, textOf } from "./fhir.js";
import { calledOf, drawPerson } from "./person.js";
import { drawResource } from "./resource.js";
import { attach, dateSentences, drawSections, sharedDates, titleOf } from "./section.js";

const SHORT_STORY = 4;
const MOST_CONTENTS = 40;
const OTHERWISE = "Where a part’s dates are different, it says so.";

// `context`: see after/after.js; gets `entries`. Returns { title, language, head: Element[], body }
// where `body(place)` draws in steps and yields what each one cost.
export function storyFrom(context) {
  const { files } = context;
  const main = files.find(({ resource }) => compositionOf(resource)) ?? files[0];
  const rest = files.filter((file) => file !== main);
  const entries = new Entries(main.resource);
  context.entries = entries;
  const composition = compositionOf(main.resource);
  const patient = entries.resolve(composition?.subject) ?? entries.first("Patient");
  const sections = listOf(composition?.section).filter(isObject);
  const language = languageOf(composition?.language);
  const datesSaid = sharedDates(sections);
  return {
    title: calledOf(patient) || textOf(composition?.title) || "A shared story",
    language,
    head: [statusWarning(main), drawPerson(patient), dateLine(composition, sections, datesSaid), contents(sections)],
    *body(place) {
      if (composition) yield* drawSections(sections, place, { context, entries, language, datesSaid });
      else yield* drawPlainly(main.resource, place, context);
      for (const { resource } of rest) yield* drawPlainly(resource, place, context);
      if (!place.childElementCount) place.append(make("p", {}, "There is nothing in this story yet."));
    },
  };
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
  return make("p", { class: "story-warning" }, "Careful: this story is marked as no longer valid.");
}

// When it was last changed, and once for all sections what they share.
function dateLine(composition, sections, datesSaid) {
  const date = dateWords(composition?.date);
  const differs = datesSaid && sections.some((section) => dateSentences(section) !== datesSaid);
  const said = [date && `This story was last changed on ${date}.`, datesSaid, differs && OTHERWISE];
  const words = said.filter(Boolean).join(" ");
  return words ? make("p", { class: "story-about" }, words) : null;
}

function contents(sections) {
  if (sections.length <= SHORT_STORY) return null;
  const items = sections.slice(0, MOST_CONTENTS).map((section, index) =>
    make("li", {}, make("a", { href: `#part-${index + 1}`, dir: "auto" }, titleOf(section))),
  );
  if (sections.length > MOST_CONTENTS) items.push(make("li", {}, "and more further down"));
  // Closed: what the person says comes first, on the first screen of a phone.
  const heading = make("summary", {}, "Contents");
  const list = make("details", {}, heading, make("ol", {}, ...items));
  return make("nav", { class: "story-contents", "aria-label": "Contents" }, list);
}
