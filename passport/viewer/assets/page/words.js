// What the page says when a link can't be opened: what happened, then what to do next. Nothing
// there tells whom a link was for. The words themselves are in templates/viewer/words.html.
import { hasWord, word } from "./said.js";

// After these, another try with the same link may work, so the form stays.
const AGAIN = "unreachable too-slow service-trouble not-understood too-often wrong-passcode".split(" ");
const FIELDS = { "wrong-passcode": "passcode" };

// A Refusal (or any error) in words: { title, next, again, field }.
export function wordsFor({ kind, facts = {} }) {
  const known = hasWord(`${kind}-next`) ? kind : "unexpected";
  return {
    title: word(known),
    next: nextWords(known, facts),
    again: AGAIN.includes(known),
    field: FIELDS[known],
  };
}

function nextWords(kind, facts) {
  if (facts.left) return word(`${kind}-next-left`, facts);
  if (facts.seconds >= 90) return word(`${kind}-next-minutes`, { minutes: Math.ceil(facts.seconds / 60) });
  return word(`${kind}-next`, facts);
}
