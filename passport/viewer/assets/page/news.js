// What is new since this device last opened a share. It keeps hashes under the share's key and a
// time, no words; nobody else learns of it.
import { momentWords } from "../story/dates.js";
import { idOf, titleOf } from "../story/section.js";
import { forgetOnDevice, recall, remember } from "./device.js";
import { empty, make } from "./make.js";
import { word } from "./said.js";
import { find } from "./views.js";

const PREFIX = "story-passport-seen-";
const MOST_PARTS = 100;
const LETTERS = 24;

let name = null;

// Says what is new among `sections`, and remembers how they are now. `context`: see after/after.js.
export async function showNews(context, sections) {
  const { link } = context;
  const parts = sections.slice(0, MOST_PARTS);
  const now = {};
  const digest = (text) => hashed(link.key, text);
  const seenAs = PREFIX + (await digest(link.url.href));
  const named = new Map();
  for (const [at, section] of parts.entries()) {
    const id = await digest(`part ${section.id || titleOf(section)} ${named.has(section.id) ? at : ""}`);
    named.set(id, at);
    now[id] = await digest(JSON.stringify([section.title, section.text, section.section, section.entry]));
  }
  // Closed, or another one opened, while this was reckoned.
  if (!context.place.isConnected || !find("story-title").textContent || context.isClosed) return;
  const before = recall(seenAs);
  name = seenAs;
  if (before && before.parts) say(before, now, parts, named);
  remember(seenAs, { at: Date.now(), parts: now });
}

function say(before, now, parts, named) {
  const changes = Object.keys(now).filter((id) => before.parts[id] !== now[id]);
  const gone = Object.keys(before.parts).filter((id) => !(id in now)).length;
  const lines = changes.map((id) => {
    const title = titleOf(parts[named.get(id)]);
    mark(named.get(id));
    return word(id in before.parts ? "news-changed" : "news-new", { title });
  });
  if (gone) lines.push(word("news-gone", { count: gone }));
  if (!lines.length) lines.push(word("news-none"));
  find("news-when").textContent = word("news-when", { moment: momentWords(new Date(before.at)) });
  find("news-list").append(...lines.map((line) => make("li", { dir: "auto" }, line)));
  find("story-news").hidden = false;
}

function mark(at) {
  const heading = find(idOf(at));
  if (heading) heading.after(make("p", { class: "story-new" }, word("news-badge")));
}

export function wireNews() {
  find("news-forget").addEventListener("click", () => {
    forgetOnDevice(name);
    clearNews();
    find("story-title").focus();
  });
}

export function clearNews() {
  name = null;
  find("story-news").hidden = true;
  empty(find("news-list"));
  find("news-when").textContent = "";
  for (const one of document.querySelectorAll(".story-new")) one.remove();
}

// Under the share's key, so that whoever takes the device can't test guesses at what was read.
async function hashed(key, text) {
  const usable = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const mac = await crypto.subtle.sign("HMAC", usable, new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(mac))).slice(0, LETTERS);
}
