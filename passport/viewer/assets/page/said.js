// The words of the page, in the reader's language. They stand in the document, in
// <template data-words>, a line for each: its name, a space, and words with a {gap}. Elements would
// take a slow phone longer.
let found = null;

// The words called `name`, with `facts` in their gaps.
export function word(name, facts = {}) {
  found = found || collect();
  const words = found.get(name) || "";
  return words.replace(/\{(\w+)\}/g, (whole, gap) => (gap in facts ? String(facts[gap]) : whole));
}

export const hasWord = (name) => (found = found || collect()).has(name);

function collect() {
  const all = new Map();
  for (const place of document.querySelectorAll("template[data-words]")) {
    for (const line of place.content.textContent.split("\n")) {
      const [, name, words] = /^\s*(\S+) (.+)$/.exec(line) ?? [];
      if (name) all.set(name, words);
    }
  }
  return all;
}
