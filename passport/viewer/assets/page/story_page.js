// The larger half of the script, story_page.js, stands at the end of the page: a reader can press
// Open before it was read.
import { Refusal } from "../link/refusal.js";

const PATIENCE_MS = 20_000;

// What it exports, or undefined while the page is still being read.
export const storyPage = () => window.storyPage;

// Whether it is here, or has come with the page and only waits to be read.
export function hasArrived() {
  const [page] = performance.getEntriesByType("navigation");
  const waits = document.readyState === "loading" && page && page.responseEnd;
  return Boolean(window.storyPage || waits);
}

// What story_page.js exports, once it is there. Throws Refusal("unexpected") if it never comes: the
// connection broke, or somebody stopped the page.
export function storyPageRead() {
  return new Promise((resolve, fail) => {
    const look = () => (window.storyPage ? resolve(window.storyPage) : fail(new Refusal("unexpected")));
    if (window.storyPage || document.readyState !== "loading") return look();
    addEventListener("DOMContentLoaded", look);
    setTimeout(look, PATIENCE_MS);
  });
}
