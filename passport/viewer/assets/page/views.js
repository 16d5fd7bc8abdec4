// The page's states: one <section data-view="…"> each, of which one shows at a time.
export const find = (id) => document.getElementById(id);

const title = document.title.split(" – ").pop();

// Shows one state and moves the reader to its heading.
export function show(name, { focus = true } = {}) {
  for (const view of document.querySelectorAll("[data-view]")) view.hidden = view.dataset.view !== name;
  const view = document.querySelector(`[data-view="${name}"]`);
  // Never the person's name: a browser keeps titles in its history.
  document.title = `${view.dataset.title} – ${title}`;
  if (!focus) return;
  view.querySelector("h1:not([hidden])").focus();
  scrollTo(0, 0);
}

// Says something to those who can't see the page change.
export function announce(words) {
  find("status").textContent = words;
}

// A page that nobody sees is not painted.
export function afterPaint(act) {
  if (document.hidden) act();
  else requestAnimationFrame(() => setTimeout(act));
}
