import { word } from "../page/said.js";

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
  return longDate(A_DAY.test(value) ? new Date(`${value}T12:00:00`) : date);
}

// A Date as "24 November 2026 at 12:05".
export function momentWords(moment) {
  return word("moment", { date: longDate(moment), time: written(moment, TIME) });
}

// In the page's own words: see viewer/long_date.py.
function longDate(date) {
  const month = word("months").split("|")[date.getMonth()];
  return word("long-date", { day: date.getDate(), month, year: date.getFullYear() });
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
