// Any FHIR resource as plain words: its narrative, else the fields that people read.
import { make } from "../page/make.js";
import { word } from "../page/said.js";
import { dateWords } from "./dates.js";
import { firstOf, isObject, listOf, plain, wordsOf } from "./fhir.js";
import { drawNarrative } from "./narrative.js";
import { calledOf, drawPerson, factList } from "./person.js";

const FIELDS = [
  ["what", ["code", "vaccineCode", "medicationCodeableConcept", "medicationReference", "title", "type"]],
  ["details", ["description", "valueString", "valueQuantity", "valueCodeableConcept", "conclusion"]],
  ["relationship", ["relationship"]],
  ["status", ["clinicalStatus", "verificationStatus", "status"]],
  ["severity", ["criticality", "severity"]],
  ["date", ["occurrenceDateTime", "onsetDateTime", "effectiveDateTime", "recordedDate", "date"]],
];
const LONGEST_PLAIN = 2_000_000;
const MOST_NOTES = 20;

// Yields what each step cost, like drawNarrative. `level` is that of its heading.
export function* drawResource(resource, place, level) {
  const type = typeof resource.resourceType === "string" ? resource.resourceType : "";
  const spaced = type.slice(0, 60).replace(/([a-z])([A-Z])/g, "$1 $2");
  place.append(make(`h${level}`, {}, word(`kind-${type}`) || spaced || word("information")));
  const text = make("div", { class: "story-text", dir: "auto" });
  place.append(text);
  yield 100;
  if (typeof resource.text?.div === "string") return yield* drawNarrative(resource.text.div, text, level + 1);
  yield* drawFields(resource, text);
  yield* drawDocuments(resource, text);
  if (!text.textContent) text.append(make("p", {}, word("no-words")));
}

function* drawFields(resource, place) {
  if (resource.resourceType === "Patient" || resource.resourceType === "RelatedPerson") {
    place.append(make("p", {}, make("strong", {}, calledOf(resource))), drawPerson(resource) ?? "");
  }
  const facts = FIELDS.map(([label, names]) => [word(`field-${label}`), fieldWords(resource, names)]);
  const notes = [resource.reaction, resource.dosage, resource.note].flatMap(noteWords);
  const found = [...facts, ...notes.map((words) => [word("field-note"), words])].filter(([, words]) => words);
  if (found.length) place.append(factList(found));
  yield 100;
}

function fieldWords(resource, names) {
  const name = names.find((one) => resource[one] !== undefined);
  const value = firstOf(resource[name]);
  return /date/i.test(name ?? "") ? dateWords(value) : wordsOf(value);
}

function noteWords(value) {
  return listOf(value).slice(0, MOST_NOTES).filter(isObject).map((one) => {
    const signs = listOf(one.manifestation).slice(0, MOST_NOTES).map(wordsOf).filter(Boolean);
    return signs.join(", ") || wordsOf(one) || wordsOf(one.description);
  });
}

function* drawDocuments({ content }, place) {
  for (const { attachment } of listOf(content).slice(0, MOST_NOTES).filter(isObject)) {
    if (!isObject(attachment)) continue;
    const title = wordsOf(attachment.title) || word("a-document");
    const words = plainWords(attachment);
    place.append(make("p", {}, words ? title : word("document-hidden", { title })));
    for (let at = 0; at < words.length; at += 5000) {
      place.append(make("p", { class: "story-plain" }, plain(words.slice(at, at + 5000))));
      yield 5000;
    }
    yield 100;
  }
}

function plainWords({ contentType, data }) {
  const isPlain = typeof contentType === "string" && /^text\/plain\b/i.test(contentType);
  if (!isPlain || typeof data !== "string" || data.length > LONGEST_PLAIN) return "";
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0)));
  } catch {
    return "";
  }
}
