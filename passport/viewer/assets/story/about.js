// What stands below a part: who wrote it, when, when the person last checked it, its language.
import { word } from "../page/said.js";
import { dateWords, locale } from "./dates.js";
import { extensionsOf, isObject, languageOf, listOf, nameOf, textOf } from "./fhir.js";
import { narrativeLanguage } from "./narrative.js";

const USUAL_MONTHS = 12;
const MOST_MONTHS = 120;

// How often the person checks their words: of a Composition, in months.
export function reviewMonths(composition) {
  const [months] = extensionsOf(composition, "review-months", "PositiveInt");
  return Number.isInteger(months) && months > 0 && months <= MOST_MONTHS ? months : USUAL_MONTHS;
}

// The sentences about one section.
export function aboutWords(section, { entries, language }) {
  const [written] = extensionsOf(section, "written-at", "DateTime");
  const [reviewed] = extensionsOf(section, "reviewed-at", "DateTime");
  const said = [
    writerWords(section, entries),
    written && word("written", { date: dateWords(written) }),
    reviewed && word("checked", { date: dateWords(reviewed) }),
    languageWords(languageIn(section) || language),
  ];
  return said.filter(Boolean).join(" ");
}

// The language that a section's words are in, or undefined.
export function languageIn(section) {
  const markup = section.text && section.text.div;
  return (typeof markup === "string" && narrativeLanguage(markup)) || languageOf(section.language);
}

// What to say when the person has not checked a section for longer than they wished, else "".
export function oldWords(section, months) {
  const said = ["reviewed-at", "written-at"].map((name) => extensionsOf(section, name, "DateTime")[0]);
  const last = said.find((date) => typeof date === "string");
  const due = new Date(last);
  due.setMonth(due.getMonth() + months);
  return due < new Date() ? word("old", { date: dateWords(last) }) : "";
}

let names = null;

function languageWords(tag) {
  if (!tag) return "";
  try {
    names = names || new Intl.DisplayNames([locale()], { type: "language" });
    return word("in-language", { language: names.of(tag) });
  } catch {
    return word("in-language", { language: tag });
  }
}

function writerWords(section, entries) {
  const [supporter] = extensionsOf(section, "supported-by", "Reference");
  const authors = listOf(section.author).slice(0, 10).map((one) => entries.resolve(one)).filter(isObject);
  const own = authors.some((one) => one.resourceType === "Patient");
  const others = authors.filter((one) => one.resourceType !== "Patient").map(nameIn);
  const helper = [...others, nameIn(entries.resolve(supporter))].filter(Boolean).reduce(joined, "");
  if (own) return word(helper ? "by-person-helped" : "by-person", { helper });
  // Whoever else wrote it down did so for the person, whose story it stays.
  return helper && word(others.some(Boolean) ? "with-helper" : "helped", { helper });
}

const joined = (one, other) => (one ? word("and", { one, other }) : other);

function nameIn(resource) {
  return [resource && resource.name].flat().map((one) => nameOf(one) || textOf(one)).find(Boolean) || "";
}
