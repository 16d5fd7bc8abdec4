// The larger half of the reader's script: unlocks what a service answered, and shows it. It is read
// while the answer is on its way; viewer.js finds it by page/story_page.js.
import { wireStory } from "./page/story_view.js";

export { openAnswer } from "./link/open.js";
export { showPreview } from "./page/preview.js";
export { clearStory, linkShown, showStory } from "./page/story_view.js";

wireStory();
