// What a reader can give back once a story is on the page. Its elements, and all its words, are in
// templates/viewer/after.html.
//
// `context`, the same object for everything that is shown of one story; it is let go when the
// story is closed, so keep nothing of it elsewhere than in memory, and nothing after clearAfter():
//   link      what parse.js made: { payload, url: URL of the share, key: its 32 bytes, flags, label,
//             expires, kind: "emergency" or "", handover: whether it may be passed on }
//   manifest  the parsed answer to the manifest request, with members that we do not know;
//             null for a direct link (flag U)
//   files     [{ resource, status, lastUpdated }]: what opened, as parsed JSON; the story's
//             Bundle is among them
//   reader    { recipient, passcode }: what the reader typed; passcode is "" when there was none
//   place     the <div id="story-body"> with the parts of the story
//   problems  [Refusal]: why some files did not open
// Everything of a story is hostile until shown otherwise: build elements with page/make.js, and
// read FHIR with story/fhir.js. Words of the page come from `word(name, facts)` of page/said.js.
import { clearErrors, showErrors } from "../page/errors.js";
import { empty, make } from "../page/make.js";
import { word } from "../page/said.js";
import { announce, find } from "../page/views.js";
import { wordsFor } from "../page/words.js";
import { replyAddress, sendReply } from "./reply.js";
import { fetchThanks } from "./thanks.js";

let current = null;

// Called once a story is on the page. A service that says nothing of replies takes none.
export function showAfter(context) {
  const address = replyAddress(context);
  if (!address) return;
  if (!find("after-box")) layOut();
  current = { context, address };
  find("after-box").hidden = false;
  find("after-jump").hidden = false;
  find("after-hand-over").hidden = !context.link.handover;
  thanksFor(current);
}

// Called when a story is closed, when another link comes, and when the page is left.
export function clearAfter() {
  current = null;
  const box = find("after-box");
  if (!box) return;
  box.hidden = true;
  find("after-jump").hidden = true;
  for (const form of box.querySelectorAll("form")) form.reset();
  for (const one of box.querySelectorAll("details")) one.open = false;
  for (const one of box.querySelectorAll("[data-empty]")) empty(one);
  for (const one of box.querySelectorAll("[data-later]")) one.hidden = true;
  find("after-url").value = "";
}

function layOut() {
  find("after").append(find("after-kept").content);
  for (const form of find("after-box").querySelectorAll("form")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }
  find("after-suggest").addEventListener("toggle", listParts);
  find("after-jump").addEventListener("click", () => {
    find("after-title").focus();
    find("after-title").scrollIntoView();
  });
}

async function send(form) {
  if (!current || form.dataset.busy) return;
  clearErrors(form);
  const given = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
  const missing = [...form.elements].filter((one) => one.required && !one.value.trim());
  if (missing.length) return showErrors(form, missing.map((one) => ({ field: one.id, words: word(`${one.id}-missing`) })));
  const sending = current;
  form.dataset.busy = "yes";
  try {
    await sendReply(sending, { kind: form.dataset.kind, ...given });
    if (sending === current) await sent(form);
  } catch (problem) {
    if (sending === current) showErrors(form, [failed(problem)]);
  } finally {
    delete form.dataset.busy;
  }
}

async function sent(form) {
  const words = word(`after-sent-${form.dataset.kind}`);
  // Where the reader looks: below the button that was pressed.
  const said = find("after-said");
  form.after(said);
  said.textContent = words;
  announce(words);
  form.reset();
  if (form.dataset.kind === "handover") await showLink();
}

function failed(problem) {
  const { title, next, again } = wordsFor(problem);
  if (problem.kind === "not-understood") return { words: word("after-too-late") };
  return again ? { words: word("after-not-sent"), next: word("after-not-sent-next") } : { words: title, next };
}

// The parts that stand on the page by now; a long story is still being drawn when it opens.
function listParts() {
  const list = find("after-section");
  if (!current || list.options.length > 1) return;
  for (const part of current.context.place.querySelectorAll("[data-key]")) {
    const heading = part.querySelector("h2, h3");
    if (heading) list.append(make("option", { value: part.dataset.key }, heading.textContent));
  }
}

async function showLink() {
  const { link } = current.context;
  const url = `${location.origin}/view#shlink:/${link.payload}`;
  find("after-url").value = url;
  find("after-passcode").hidden = !link.flags.includes("P");
  find("after-link").hidden = false;
  try {
    const { drawCode } = await import(new URL(find("after-box").dataset.code, location.href).href);
    if (current) find("after-code").replaceChildren(drawCode(url));
  } catch {
    // The link beside it opens the same.
  }
}

async function thanksFor(asking) {
  const found = await fetchThanks(asking);
  if (asking !== current || !found.length) return;
  find("after-thanks-words").append(...found.map((words) => make("p", { dir: "auto" }, words)));
  find("after-thanks").hidden = false;
}
