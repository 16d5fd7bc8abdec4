import { make } from "../page/make.js";
import { word } from "../page/said.js";
import { dateWords } from "./dates.js";
import { listOf, nameOf, textOf } from "./fhir.js";

const NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number";
const MOST = 5;

// What the person likes to be called, else any name, else "".
export function calledOf(patient) {
  const names = listOf(patient?.name);
  const wanted = ["nickname", "usual", "official"].map((use) => names.find((one) => one?.use === use));
  return [...wanted, names[0]].map(nameOf).find(Boolean) ?? "";
}

// The facts that tell two people apart, as a list; null when none were shared.
export function drawPerson(patient) {
  const facts = personFacts(patient);
  return facts.length ? factList(facts) : null;
}

// The same as [label, words] pairs.
export function personFacts(patient) {
  return [
    ...otherNames(patient).map((name) => [word("full-name"), name]),
    [word("born"), birthWords(patient?.birthDate)],
    [word("nhs-number"), nhsNumber(patient)],
    ...listOf(patient?.telecom).slice(0, MOST).map((one) => [contactLabel(one), textOf(one?.value)]),
    ...listOf(patient?.address).slice(0, MOST).map((one) => [word("address"), addressOf(one)]),
  ].filter(([, words]) => words);
}

// [label, words] pairs as a description list.
export function factList(facts) {
  const row = ([label, words]) =>
    make("div", {}, make("dt", {}, label), make("dd", { dir: "auto" }, words));
  return make("dl", { class: "story-facts" }, ...facts.map(row));
}

function otherNames(patient) {
  const called = calledOf(patient);
  const names = listOf(patient?.name).slice(0, MOST).map(nameOf);
  return [...new Set(names)].filter((name) => name && name !== called);
}

function birthWords(value) {
  const words = dateWords(value);
  const years = yearsSince(value);
  return years === null ? words : word("born-years", { date: words, years });
}

function yearsSince(value) {
  if (!/^\d{4}-\d\d-\d\d$/.test(value ?? "")) return null;
  const [year, month, day] = value.split("-").map(Number);
  const today = new Date();
  const before = today.getMonth() + 1 < month || (today.getMonth() + 1 === month && today.getDate() < day);
  const years = today.getFullYear() - year - (before ? 1 : 0);
  return years >= 0 && years < 130 ? years : null;
}

function nhsNumber(patient) {
  const found = listOf(patient?.identifier).find((one) => one?.system === NHS_NUMBER);
  const digits = textOf(found?.value).replace(/\s/g, "");
  return /^\d{10}$/.test(digits) ? digits.replace(/(...)(...)(....)/, "$1 $2 $3") : digits;
}

function addressOf(address) {
  const { line, city, district, state, postalCode, country } = address ?? {};
  const parts = [listOf(line), city, district, state, postalCode, country].flat();
  return textOf(address?.text) || parts.map(textOf).filter(Boolean).join(", ");
}

function contactLabel(contact) {
  return word(["phone", "email", "sms"].includes(contact?.system) ? contact.system : "contact");
}
