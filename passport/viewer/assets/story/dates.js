import { word } from "../page/said.js";

const LONG = { day: "numeric", month: "long", year: "numeric" };
const PRECISIONS = [
  [/^\d{4}$/, { year: "numeric" }],
  [/^\d{4}-\d\d$/, { year: "numeric", month: "long" }],
  [/^\d{4}-\d\d-\d\d$/, LONG],
];

// A FHIR date or dateTime of any precision in words; text that is no date stays as it is.
export function dateWords(value) {
  if (typeof value !== "string") return "";
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return value.slice(0, 40);
  const found = PRECISIONS.find(([shape]) => shape.test(value));
  // A date without a time is the same day everywhere.
  return found
    ? date.toLocaleDateString(locale(), { ...found[1], timeZone: "UTC" })
    : date.toLocaleDateString(locale(), LONG);
}

// A Date as "24 November 2026 at 12:05".
export function momentWords(moment) {
  const date = moment.toLocaleDateString(locale(), LONG);
  const time = moment.toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit" });
  return word("moment", { date, time });
}

// The language of the page. English dates are written as in Britain.
export function locale() {
  const { lang } = document.documentElement;
  return !lang || lang === "en" ? "en-GB" : lang;
}
