import { word } from "../page/said.js";

const LONG = { day: "numeric", month: "long", year: "numeric" };
const TIME = { hour: "2-digit", minute: "2-digit" };
// Less than a day.
const ROUGH = [
  [/^\d{4}$/, { year: "numeric", timeZone: "UTC" }],
  [/^\d{4}-\d\d$/, { year: "numeric", month: "long", timeZone: "UTC" }],
];
const A_DAY = /^\d{4}-\d\d-\d\d$/;
const formats = new Map();

// A FHIR date or dateTime of any precision in words; text that is no date stays as it is.
export function dateWords(value) {
  if (typeof value !== "string") return "";
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return value.slice(0, 40);
  const found = ROUGH.find(([shape]) => shape.test(value));
  if (found) return written(date, found[1]);
  // A date without a time is the same day everywhere: noon there, noon here.
  return written(A_DAY.test(value) ? new Date(`${value}T12:00:00`) : date, LONG);
}

// A Date as "24 November 2026 at 12:05".
export function momentWords(moment) {
  return word("moment", { date: written(moment, LONG), time: written(moment, TIME) });
}

// What knows how a date is written costs a slow phone milliseconds to make: one for each kind.
function written(date, kind) {
  if (!formats.has(kind)) formats.set(kind, new Intl.DateTimeFormat(locale(), kind));
  return formats.get(kind).format(date);
}

// The language of the page. English dates are written as in Britain.
export function locale() {
  const { lang } = document.documentElement;
  return !lang || lang === "en" ? "en-GB" : lang;
}
