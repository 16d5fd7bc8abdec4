// Dates and times in words that the page brings (viewer/long_date.py): what a browser knows of them
// takes a slow phone long to wake, and is half of another language where it lacks one.
import { word } from "../page/said.js";

const A_YEAR = /^\d{4}$/;
const A_MONTH = /^\d{4}-\d\d$/;
const A_DAY = /^\d{4}-\d\d-\d\d$/;

// A FHIR date or dateTime of any precision in words; text that is no date stays as it is.
export function dateWords(value) {
  if (typeof value !== "string") return "";
  // Without a time it is the same day everywhere: noon there, noon here.
  const date = new Date(A_DAY.test(value) ? `${value}T12:00:00` : value);
  if (Number.isNaN(date.getTime())) return value.slice(0, 40);
  if (A_YEAR.test(value)) return value;
  if (A_MONTH.test(value)) return `${monthName(date.getUTCMonth())} ${date.getUTCFullYear()}`;
  return longDate(date);
}

// A Date as "24 November 2026 at 12:05".
export function momentWords(moment) {
  const [hours, minutes] = [moment.getHours(), moment.getMinutes()];
  const time = [hours, minutes].map((one) => String(one).padStart(2, "0")).join(":");
  return word("moment", { date: longDate(moment), time });
}

function longDate(date) {
  const month = monthName(date.getMonth());
  return word("long-date", { day: date.getDate(), month, year: date.getFullYear() });
}

const monthName = (index) => word("months").split("|")[index];

// The language of the page. English is as it is in Britain.
export function locale() {
  const { lang } = document.documentElement;
  return !lang || lang === "en" ? "en-GB" : lang;
}
