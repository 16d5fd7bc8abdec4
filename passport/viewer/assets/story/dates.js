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
    ? date.toLocaleDateString("en-GB", { ...found[1], timeZone: "UTC" })
    : date.toLocaleDateString("en-GB", LONG);
}

// A Date as "24 November 2026 at 12:05".
export function momentWords(date) {
  const time = { hour: "2-digit", minute: "2-digit" };
  return `${date.toLocaleDateString("en-GB", LONG)} at ${date.toLocaleTimeString("en-GB", time)}`;
}
