// Photos, voice, video and documents of a part of a story: fetched, unlocked and shown only when
// the reader asks for one.
import { openLater } from "../link/open.js";
import { make } from "../page/make.js";
import { word } from "../page/said.js";
import { announce } from "../page/views.js";
import { wordsFor } from "../page/words.js";
import { isObject, listOf, textOf } from "../story/fhir.js";
import { kindOf, show } from "./show.js";

// So many are drawn at a time: another service's story may hold more than a page can bear.
const AT_A_TIME = 50;
const LONGEST_TITLE = 300;
let addresses = [];
// Which story is open: what arrives after it was closed is shown to nobody.
let opening = {};

// `source`   a Composition.section or, where a story has none, a resource: parsed JSON of any shape
// `place`    an empty <div class="story-attachments"> below the words of that part; leave it
//            empty when the part has no attachments
// `context`  as in after/after.js, and with `entries` (story/fhir.js) to resolve references of the
//            story's Bundle; `readersOpenFiles`: in a look before sharing, that readers will be
//            able to open what can't be opened here
// Called while a story is drawn, for each part: draw buttons only, and fetch nothing yet.
export function drawAttachments(source, place, context) {
  drawNext(filesOf(source, context.entries), place, context);
}

// Draws some of the files, and a button for the rest. Returns the first of them.
function drawNext(files, place, context) {
  const drawn = files.slice(0, AT_A_TIME).map((reference) => drawnFile(reference, context));
  const left = files.slice(AT_A_TIME);
  place.append(...drawn);
  if (!left.length) return drawn[0];
  const more = smallButton(word("more-files", { number: left.length }));
  more.addEventListener("click", () => {
    more.remove();
    const first = drawNext(left, place, context);
    (first.querySelector("button") ?? first).focus();
  });
  place.append(more);
  return drawn[0];
}

function drawnFile(reference, context) {
  const attachment = attachmentOf(reference);
  const title = (textOf(attachment.title) || textOf(reference.description)).trim().slice(0, LONGEST_TITLE);
  if (isPromised(reference) && !context.manifest) {
    const words = word(context.readersOpenFiles ? "file-for-readers" : "file-elsewhere", { title });
    return make("p", { dir: "auto", tabindex: "-1" }, words);
  }
  const kind = kindOf(attachment.contentType);
  const button = smallButton(word(`open-${kind || "document"}`, { title: title || word("no-title") }));
  const spot = make("div", { class: "story-file" }, button);
  button.addEventListener("click", () => open(reference, title, spot, context));
  return spot;
}

const smallButton = (words) =>
  make("button", { type: "button", class: "nhsuk-button nhsuk-button--secondary nhsuk-button--small", dir: "auto" }, words);

// Called when a story is closed: let go of every object URL.
export function clearAttachments() {
  for (const address of addresses) URL.revokeObjectURL(address);
  addresses = [];
  opening = {};
}

function filesOf(source, entries) {
  const found = source?.resourceType === "DocumentReference" ? [source] : listOf(source?.entry).map((one) => entries.resolve(one));
  return found.filter((one) => one?.resourceType === "DocumentReference" && attachmentOf(one));
}

const attachmentOf = (reference) => {
  const attachment = listOf(reference?.content)[0]?.attachment;
  return isObject(attachment) ? attachment : null;
};

// Whether its bytes are in a file of the share of their own.
const isPromised = (reference) => typeof attachmentOf(reference)?.data !== "string";

async function open(reference, title, spot, context) {
  const button = spot.querySelector("button");
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  spot.querySelector("p")?.remove();
  announce(word("file-opening"));
  const during = opening;
  try {
    const whole = isPromised(reference) ? await fetchPromised(reference, context) : reference;
    if (during !== opening) return;
    const { element, address } = show(attachmentOf(whole) ?? {}, title);
    addresses.push(address);
    button.replaceWith(element);
    announce(word("file-open"));
    element.focus?.();
  } catch (problem) {
    if (during !== opening) return;
    button.setAttribute("aria-disabled", "false");
    spot.append(make("p", { class: "story-warning", role: "alert" }, wordsOf(problem)));
  }
}

function fetchPromised(reference, context) {
  const promised = context.entries.resources.filter((one) => one.resourceType === "DocumentReference" && isPromised(one));
  return openLater(context, promised.indexOf(reference), reference.id);
}

function wordsOf(problem) {
  if (problem.kind === "file-kind") return word("file-kind");
  const { title, next, again } = wordsFor(problem);
  if (again) return word("file-not-opened");
  return `${title}. ${next}`;
}
