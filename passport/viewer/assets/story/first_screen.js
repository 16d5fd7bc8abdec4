// Which parts come first: what the person chose for the first screen, else the five that matter
// most at a bedside, by their code or their title.
import { extensionsOf, listOf, textOf } from "./fhir.js";

const TITLES = {
  "most-important": "what is most important to me",
  "please-do": "please do",
  "please-dont": "please don't",
  communicate: "how i communicate and how to communicate with me",
  adjustments: "changes that help me (reasonable adjustments)",
};

// The sections of a Composition for the first screen, in order: [{ section, index, key }].
export function firstOnes(composition, sections) {
  const chosen = extensionsOf(composition, "first-screen", "Code").filter((key) => typeof key === "string");
  const keys = chosen.length ? chosen : Object.keys(TITLES);
  const waiting = sections.map((section, index) => ({ section, index, key: keyOf(section) }));
  return keys.map((key) => waiting.find((one) => one.key === key)).filter((one, at, all) => one && all.indexOf(one) === at);
}

export function keyOf(section) {
  const codes = listOf(section.code && section.code.coding).map((one) => textOf(one && one.code));
  const coded = codes.find((code) => code in TITLES);
  if (coded) return coded;
  const title = textOf(section.title).trim().slice(0, 100).toLowerCase().replace("’", "'");
  return Object.keys(TITLES).find((key) => TITLES[key] === title) || textOf(section.id);
}
