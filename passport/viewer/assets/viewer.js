// The half of the reader's page that a press needs: takes the link out of the address bar, asks who
// is reading, and only when the reader presses Open asks for the story. story_page.js unlocks it
// here and shows it.
import { wireExit } from "../../web/assets/page/exit.js";
import { askLink } from "./link/manifest.js";
import { holdsLink, looksLikeLink, parseLink } from "./link/parse.js";
import { clearErrors, showErrors } from "./page/errors.js";
import { hasWhatItTakes } from "./page/able.js";
import { askReader, carryReader, dropCarried, rememberReader } from "./page/reader.js";
import { word } from "./page/said.js";
import { storyPage, storyPageArrived, storyPageRead } from "./page/story_page.js";
import { announce, find, show } from "./page/views.js";
import { wordsFor } from "./page/words.js";

const page = find("viewer").dataset;
const able = hasWhatItTakes();

const DOUBLE_CLICK_MS = 1000;
const EARLY_MS = 1500;
const PREVIEW = /^#preview=([0-9a-f]{32})$/;

let link = null;
// Until a first link comes there is nothing to let go of.
let isFresh = true;
let busy = false;
let waitUntil = 0;
let shownAt = 0;
// Which of the tab's scans the page is at.
let scan = history.state?.scan ?? 0;

function start() {
  // The languages at the foot of the page can wait until a phone has had time for a story.
  document.documentElement.dataset.early = "";
  setTimeout(() => delete document.documentElement.dataset.early, EARLY_MS);
  wireExit();
  addEventListener("mousedown", keepFromSelecting);
  find("paste-form").addEventListener("submit", (event) => handle(event, pasted));
  // Enter in a field presses the button too. Browsers lay the page out between a press and the
  // submit that follows it, which a slow phone's reader would wait for.
  find("open-button").addEventListener("click", (event) => handle(event, () => open(find("open-form"))));
  find("hand-over").addEventListener("click", handOver);
  // Some of these stand further down than this script.
  addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) close();
    if (event.target.closest("[data-language]")) keepLink(event);
  });
  addEventListener("hashchange", () => arrive({ focus: true }));
  // Going "back" must not bring a story back, nor leave one there.
  addEventListener("pagehide", leave);
  addEventListener("popstate", ({ state }) => goneBack(state));
  find("unable-safe").hidden = isSecureContext;
  find("unable-old").hidden = !isSecureContext;
  // Each state that shows is laid out: a link that came along goes straight to its own.
  if (!able || !holdsLink(location.hash)) show(able ? "paste" : "unable", { focus: false });
  arrive({ focus: false });
}

// A link in the address bar is taken out of it before anything else happens.
function arrive({ focus }) {
  const found = location.hash;
  const [, preview] = PREVIEW.exec(found) ?? [];
  const isLink = looksLikeLink(found);
  if (isLink || preview) scan += 1;
  history.replaceState({ scan }, "", isLink ? location.pathname + location.search : found);
  if (preview && able) return look(preview).catch(refuse);
  if (isLink && able) accept(found, focus);
}

// A place on the page that was never there before has no note of its scan yet: `arrive` comes next.
function goneBack(state) {
  if (!able || (!state && location.hash) || (state?.scan ?? 0) === scan) return;
  scan = state?.scan ?? 0;
  close();
}

function accept(text, focus = true) {
  const isWaiting = asksReader();
  if (!isFresh) forget();
  isFresh = false;
  try {
    link = parseLink(text);
  } catch (problem) {
    return refuse(problem);
  }
  if (link.url.origin !== location.origin && page.reach === "own") return offerOtherPage(focus);
  const isOurs = link.url.origin === location.origin;
  find("open-label").textContent = link.label;
  find("open-host").textContent = isOurs ? "" : word("leads-to", { host: link.url.host });
  setKind(link.kind);
  // Ours are six digits; another service's may be words.
  find("passcode").inputMode = isOurs ? "numeric" : "text";
  find("open-late").hidden = !link.expires || link.expires > new Date();
  needPasscode(link.flags.includes("P"));
  askReader({ keep: isWaiting });
  show("open", { focus });
}

// Whether somebody is saying here who reads, or has said so for what is on its way.
const asksReader = () => !document.querySelector('[data-view="open"]').hidden;

// The owner's look at what she is about to share: page/preview.js.
async function look(number) {
  const { showPreview } = await storyPageRead();
  await showPreview(number);
}

// A card for an emergency opens in one press: nothing has to be typed.
function setKind(kind) {
  for (const one of document.querySelectorAll("[data-only]")) {
    one.hidden = one.dataset.only !== (kind || "share");
  }
  find("reader-group").hidden = Boolean(kind);
}

function offerOtherPage(focus) {
  find("other-host").textContent = word("leads-to", { host: link.url.host });
  show("elsewhere", { focus });
}

function handOver() {
  location.replace(`${page.elsewhere}#shlink:/${link.payload}`);
}

// A page in another language still has the link that waits to be opened, or that was opened here,
// or what its owner looks at. Whoever wants it in a tab of its own gets it without.
function keepLink(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const kept = link ?? storyPage()?.linkShown();
  const hash = kept?.payload ? `#shlink:/${kept.payload}` : location.hash;
  event.preventDefault();
  if (asksReader() || storyPage()?.linkShown()?.payload) carryReader();
  location.replace(`${event.target.href}${hash}`);
}

function handle(event, act) {
  event.preventDefault();
  act(event.target);
}

function pasted(form) {
  const text = find("link").value;
  if (holdsLink(text)) return accept(text);
  const { title, next } = wordsFor({ kind: "not-a-link" });
  showErrors(form, [{ field: "link", words: text.trim() ? `${title}. ${next}` : word("paste-link") }]);
}

async function open(form) {
  if (busy) return;
  const asked = {
    recipient: link.kind ? word("someone") : find("recipient").value.trim(),
    passcode: find("passcode").value.trim(),
    anyHost: page.reach === "any",
  };
  const errors = missing(asked);
  if (errors.length) return showErrors(form, errors);
  const opening = link;
  // Asked for before anything else: each step here takes a slow phone a while.
  const coming = unlock(opening, asked);
  work(true);
  clearErrors(form);
  if (!link.kind) rememberReader(asked.recipient);
  try {
    const opened = await coming;
    // Closed, or another link came, while this one was on its way.
    if (opening === link) read(opened, asked);
  } catch (problem) {
    if (opening !== link) return;
    // What the focus goes to must show.
    work(false);
    refuse(problem);
  }
}

async function unlock(opening, asked) {
  // A link may open only once: not while what shows it may never come.
  await storyPageArrived();
  // Another link came meanwhile, or this one was closed: it is not to be spent.
  if (opening !== link) return null;
  const answer = askLink(opening, asked);
  // It may be refused before anybody waits for it.
  answer.catch(() => {});
  const { openAnswer } = await storyPageRead();
  return openAnswer(answer, opening, asked.anyHost);
}

// The second press of a double click on Open may meet the story, and would select its words.
function keepFromSelecting(event) {
  if (event.detail > 1 && (busy || Date.now() - shownAt < DOUBLE_CLICK_MS)) event.preventDefault();
}

function missing({ recipient, passcode }) {
  const errors = [];
  if (!recipient) errors.push({ field: "recipient", words: word("enter-reader") });
  if (!find("passcode-group").hidden && !passcode) errors.push({ field: "passcode", words: word("enter-passcode") });
  const seconds = Math.ceil((waitUntil - Date.now()) / 1000);
  if (!errors.length && seconds > 0) errors.push(asError(wordsFor({ kind: "too-often", facts: { seconds } })));
  return errors;
}

const asError = ({ field, title, next }) => ({ field, words: field ? `${title}. ${next}` : title, next });

function read(opened, { recipient, passcode }) {
  const opening = link;
  forget();
  storyPage().showStory({ ...opened, link: opening, reader: { recipient, passcode } });
  shownAt = Date.now();
}

function refuse(problem) {
  const words = wordsFor(problem);
  if (problem.kind === "too-often") waitUntil = Date.now() + problem.facts.seconds * 1000;
  if (words.field === "passcode") needPasscode(true);
  if (words.again) return showErrors(find("open-form"), [asError(words)]);
  forget();
  find("problem-title").textContent = words.title;
  find("problem-next").textContent = words.next;
  show("problem");
}

function needPasscode(needed) {
  find("passcode-group").hidden = !needed;
}

function work(isWorking) {
  busy = isWorking;
  find("open-form").hidden = isWorking;
  find("opening").hidden = !isWorking;
  announce(isWorking ? word("opening") : "");
}

// Lets go of the link, the passcode and the story. Another state must show next.
function forget() {
  link = null;
  waitUntil = 0;
  // Whatever was on its way finds nobody waiting.
  work(false);
  storyPage()?.clearStory();
  for (const form of document.forms) clearErrors(form);
  for (const field of [find("link"), find("passcode")]) field.value = "";
}

function leave() {
  forget();
  if (able) show("paste", { focus: false });
}

function close() {
  const wasOpen = !document.querySelector('[data-view="story"]').hidden;
  forget();
  dropCarried();
  show("paste");
  announce(wasOpen ? word("closed") : "");
}

start();
