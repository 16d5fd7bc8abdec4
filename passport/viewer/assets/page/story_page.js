// The larger half of the script, story_page.js, stands at the end of the page: a reader can press
// Open before it was read.
import { Refusal } from "../link/refusal.js";

const PATIENCE_MS = 20_000;

// What it exports, or undefined while the page is still being read.
export const storyPage = () => window.storyPage;

// Until it has come with the page, and perhaps only waits to be read. Throws Refusal("unexpected")
// if it never comes: the connection broke, or somebody stopped the page.
export const storyPageArrived = () => until(() => window.storyPage || hasAllArrived());

// What it exports, once it is there. Throws as `storyPageArrived` does.
export async function storyPageRead() {
  await until(storyPage);
  return storyPage();
}

async function until(isThere) {
  const last = Date.now() + PATIENCE_MS;
  while (!isThere()) {
    if (document.readyState !== "loading" || Date.now() > last) throw new Refusal("unexpected");
    await new Promise((resolve) => setTimeout(resolve));
  }
}

// Nothing tells a page that all of it has come: the browser notes it down between two tasks.
function hasAllArrived() {
  const [page] = performance.getEntriesByType("navigation");
  return document.readyState === "loading" && Boolean(page && page.responseEnd);
}
