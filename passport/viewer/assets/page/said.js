// The words of the page, in the reader's language. They stand in the document, in
// <template data-words>: <span data-word="name">Words with a {gap}.</span>
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
    for (const one of place.content.querySelectorAll("[data-word]")) {
      all.set(one.dataset.word, one.textContent.trim());
    }
  }
  return all;
}
