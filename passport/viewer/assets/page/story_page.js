// The larger half of the script, story_page.js, stands at the end of the page: a reader can press
// Open before it was read.

// What it exports, or undefined while the page is still being read.
export const storyPage = () => window.storyPage;

// The same, once it is there.
export function storyPageRead() {
  if (window.storyPage) return Promise.resolve(window.storyPage);
  return new Promise((resolve) => addEventListener("DOMContentLoaded", () => resolve(window.storyPage)));
}
