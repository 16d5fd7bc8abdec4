import { clearAfter, showAfter } from "../after/after.js";
import { clearAttachments } from "../attachments/attachments.js";
import { momentWords } from "../story/dates.js";
import { storyFrom } from "../story/story.js";
import { make } from "./make.js";
import { Pour } from "./pour.js";
import { announce, find, show } from "./views.js";
import { wordsFor } from "./words.js";

let pour = null;

// Shows what opened: the context that after/after.js describes, save its place.
export function showStory(opened) {
  clearStory();
  const { problems } = opened;
  const { label } = opened.link;
  const context = { ...opened, place: find("story-body") };
  const story = storyFrom(context);
  find("story-title").textContent = story.title;
  find("story-title").setAttribute("dir", "auto");
  find("story-read").textContent = `Opened on ${momentWords(new Date())}${label ? ` · ${label}` : ""}`;
  find("story-head").append(...problems.map(missing), ...story.head.filter(Boolean));
  pour = new Pour(story.body(find("story-body")), find("story-body"));
  show("story");
  announce("The story is open.");
  showAfter(context);
}

export function clearStory() {
  pour = null;
  clearAfter();
  clearAttachments();
  for (const id of ["story-title", "story-read", "story-head", "story-body"]) find(id).replaceChildren();
}

export function wireStory() {
  find("more-button").addEventListener("click", () => pour?.moreNow());
  find("print").addEventListener("click", () => print());
  find("story-head").addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#part-"]');
    if (link) goTo(event, link.hash.slice(1));
  });
}

// By hand, so that reading leaves no trail of steps in the history.
function goTo(event, id) {
  event.preventDefault();
  pour?.reach(id);
  find(id)?.focus();
  find(id)?.scrollIntoView();
}

function missing(problem) {
  const { title, next } = wordsFor(problem);
  return make("p", { class: "story-warning" }, `A part of this could not be shown. ${title}. ${next}`);
}
