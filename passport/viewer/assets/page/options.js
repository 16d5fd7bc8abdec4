// How a reader likes to read: size of letters, space, and which letters; kept on this device.
import { recall, remember } from "./device.js";

const STORED_AS = "story-passport-reading";
const SIZES = ["100", "125", "150", "200"];

// `changed`: called after each press, since the first screen may fit differently.
export function wireOptions(changed) {
  const kept = recall(STORED_AS);
  const wish = { size: "100", space: false, letters: false };
  if (kept && SIZES.includes(kept.size)) wish.size = kept.size;
  for (const name of ["space", "letters"]) wish[name] = Boolean(kept && kept[name] === true);
  for (const button of document.querySelectorAll("[data-size], [data-option]")) {
    button.addEventListener("click", () => {
      const { size, option } = button.dataset;
      if (size) wish.size = size;
      else wish[option] = !wish[option];
      remember(STORED_AS, wish);
      apply(wish);
      changed();
      // The page has grown or shrunk above it.
      button.scrollIntoView({ block: "center" });
    });
  }
  apply(wish);
}

function apply(wish) {
  const page = document.documentElement;
  page.dataset.size = wish.size;
  for (const name of ["space", "letters"]) page.toggleAttribute(`data-${name}`, wish[name]);
  for (const button of document.querySelectorAll("[data-size]:not(html), [data-option]")) {
    const { size, option } = button.dataset;
    button.setAttribute("aria-pressed", size ? size === wish.size : wish[option]);
  }
}
