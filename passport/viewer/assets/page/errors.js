// Errors beside their fields, and a summary above them, as nhsuk-frontend lays them out.
import { empty, make } from "./make.js";
import { word } from "./said.js";

// `errors`: [{ field: id or undefined, words, next }]. Moves focus to the summary.
export function showErrors(form, errors) {
  clearErrors(form);
  const summary = form.querySelector("[data-summary]");
  summary.append(box(errors.map(({ field, words, next }) => line(field, words, next))));
  for (const { field, words } of errors) if (field) mark(field, words);
  document.title = `${word("error")} ${plainTitle()}`;
  summary.firstChild.focus();
}

export function clearErrors(form) {
  empty(form.querySelector("[data-summary]"));
  for (const message of form.querySelectorAll(".nhsuk-error-message")) message.remove();
  for (const group of form.querySelectorAll(".nhsuk-form-group--error")) {
    group.classList.remove("nhsuk-form-group--error");
    const input = group.querySelector("[aria-invalid]");
    input.classList.remove("nhsuk-input--error", "nhsuk-textarea--error");
    input.removeAttribute("aria-invalid");
    describe(input, false);
  }
  document.title = plainTitle();
}

function plainTitle() {
  const mark = `${word("error")} `;
  return document.title.startsWith(mark) ? document.title.slice(mark.length) : document.title;
}

function box(lines) {
  const heading = make("h2", { class: "nhsuk-error-summary__heading" }, word("problem"));
  const list = make("ul", { class: "nhsuk-list nhsuk-error-summary__list" }, ...lines);
  const body = make("div", { class: "nhsuk-error-summary__body" }, list);
  const alert = make("div", { role: "alert" }, heading, body);
  return make("div", { class: "nhsuk-error-summary", tabindex: "-1" }, alert);
}

function line(field, words, next) {
  if (!field) return make("li", {}, make("strong", {}, `${words}.`), ` ${next ?? ""}`);
  const link = make("a", { href: `#${field}` }, words);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById(field).focus();
  });
  return make("li", {}, link);
}

function mark(field, words) {
  const input = document.getElementById(field);
  const hidden = make("span", { class: "nhsuk-u-visually-hidden" }, `${word("error")} `);
  const message = make("span", { class: "nhsuk-error-message", id: `${field}-error` }, hidden, words);
  input.before(message);
  input.classList.add(input.localName === "textarea" ? "nhsuk-textarea--error" : "nhsuk-input--error");
  input.setAttribute("aria-invalid", "true");
  input.closest(".nhsuk-form-group").classList.add("nhsuk-form-group--error");
  describe(input, true);
}

function describe(input, withError) {
  const ids = `${input.id}-hint ${withError ? `${input.id}-error` : ""}`.trim();
  input.setAttribute("aria-describedby", ids);
}
