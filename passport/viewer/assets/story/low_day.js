// "Today I can't": what the person asks for on a low day, until the moment that the story names.
import { make } from "../page/make.js";
import { word } from "../page/said.js";
import { extensionsOf } from "./fhir.js";

export function lowDay(composition) {
  const until = extensionsOf(composition, "low-day-until", "DateTime")[0];
  if (typeof until !== "string" || !(Date.parse(until) > Date.now())) return null;
  return make("p", { class: "story-warning", id: "low-day" }, word("low-day"));
}
