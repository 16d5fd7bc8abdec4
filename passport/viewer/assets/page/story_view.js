import { clearAfter, showAfter } from "../after/after.js";
import { clearAttachments } from "../attachments/attachments.js";
import { momentWords } from "../story/dates.js";
import { storyFrom } from "../story/story.js";
import { stopAloud, wireAloud } from "./aloud.js";
import { fold } from "./fold.js";
import { empty, make } from "./make.js";
import { clearNews, showNews, wireNews } from "./news.js";
import { wireOptions } from "./options.js";
import { Pour } from "./pour.js";
import { clearRecord, showRecord, wireRecord } from "./record.js";
import { word } from "./said.js";
import { afterPaint, announce, find, show } from "./views.js";
import { wordsFor } from "./words.js";

const FILLED = ["story-title", "story-read", "story-head", "story-first", "story-about", "story-rest"];

let isFilled = false;
let pour = null;
let current = null;

// Shows what opened: the context that after/after.js describes, save its place.
export function showStory(opened) {
  clearStory();
  isFilled = true;
  const { problems, link } = opened;
  const context = { ...opened, place: find("story-body") };
  const story = storyFrom(context);
  find("story-title").textContent = story.title;
  find("story-title").setAttribute("dir", "auto");
  find("story-head").append(...problems.map(missing), ...story.head);
  const places = { first: find("story-first"), rest: find("story-rest") };
  pour = new Pour(story.body(places), places.rest);
  document.body.classList.add("reading", "is-opening");
  find("story-card").hidden = !link.kind;
  show("story");
  sides(places.first);
  fold(places.first);
  announce(word("is-open"));
  showRecord(story, context);
  current = context;
  afterPaint(() => context === current && showRest(story, context));
}

// On a slow phone, what stands below the first screen would keep it from being painted.
function showRest(story, context) {
  find("story-read").textContent = [openedWords(), context.link.label].filter(Boolean).join(" · ");
  find("story-about").append(...story.about());
  if (pour.isAtFirstScreen) pour.more();
  document.body.classList.remove("is-opening");
  showNews(context, story.sections).catch(() => {});
  showAfter(context);
}

// The link of the story that is on the page, or undefined.
export const linkShown = () => current?.link;

export function clearStory() {
  if (!isFilled) return;
  isFilled = false;
  pour = null;
  if (current) current.isClosed = true;
  current = null;
  clearAfter();
  clearAttachments();
  clearRecord();
  clearNews();
  stopAloud();
  document.body.classList.remove("reading", "is-opening");
  for (const id of FILLED) empty(find(id));
}

export function wireStory() {
  find("more-button").addEventListener("click", () => pour?.moreNow());
  const refold = () => fold(find("story-first"));
  wireOptions(refold);
  wireAloud();
  wireRecord();
  wireNews();
  addEventListener("resize", refold);
  find("story-about").addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#part-"]');
    if (link) goTo(event, link.hash.slice(1));
  });
}

// Do and don't stand side by side when both were shared.
function sides(place) {
  const both = ["please-do", "please-dont"].filter((key) => place.querySelector(`[data-key="${key}"]`));
  place.classList.toggle("has-one-side", both.length < 2);
}

// By hand, so that reading leaves no trail of steps in the history.
function goTo(event, id) {
  event.preventDefault();
  pour?.reach(id);
  find(id)?.focus();
  find(id)?.scrollIntoView();
}

const openedWords = () => word("opened-on", { moment: momentWords(new Date()) });

function missing(problem) {
  const { title, next } = wordsFor(problem);
  return make("p", { class: "story-warning" }, `${word("part-missing")} ${title}. ${next}`);
}
