// One file as an element that can't act in our origin: a picture, a player, or something to save.
import { Refusal } from "../link/refusal.js";
import { make } from "../page/make.js";
import { word } from "../page/said.js";
import { textOf } from "../story/fhir.js";

// Whatever is not here is not opened: HTML and SVG, for two, can hold a program.
const KINDS = new Map([
  ["image/jpeg", "photo"],
  ["image/png", "photo"],
  ["image/webp", "photo"],
  ["audio/mpeg", "sound"],
  ["audio/mp4", "sound"],
  ["audio/ogg", "sound"],
  ["audio/wav", "sound"],
  ["audio/webm", "sound"],
  ["video/mp4", "video"],
  ["video/webm", "video"],
  ["application/pdf", "document"],
  ["text/plain", "document"],
]);
const ENDINGS = { "application/pdf": "pdf", "text/plain": "txt" };
const LARGEST_BASE64 = 14_000_000;

const typeOf = (contentType) => textOf(contentType).split(";")[0].trim().toLowerCase();

// "photo", "sound", "video", "document", or undefined for what is not opened.
export const kindOf = (contentType) => KINDS.get(typeOf(contentType));

// `attachment` is a FHIR Attachment with data. Returns { element, address }. Throws Refusal.
export function show(attachment, title) {
  const kind = kindOf(attachment.contentType);
  if (!kind) throw new Refusal("file-kind");
  const type = typeOf(attachment.contentType);
  // What is saved shall not open as a page of this service, whatever the browser makes of it.
  const blob = new Blob([bytesOf(attachment.data)], { type: kind === "document" ? "application/octet-stream" : type });
  const address = URL.createObjectURL(blob);
  return { element: elementFor(kind, address, title, ENDINGS[type]), address };
}

function elementFor(kind, address, title, ending) {
  if (kind === "photo") return make("img", { class: "story-picture", src: address, alt: title, tabindex: "-1" });
  if (kind === "document") {
    const words = word("save-document", { title });
    return make("a", { class: "nhsuk-button nhsuk-button--small", href: address, download: `document.${ending}` }, words);
  }
  return make(kind === "video" ? "video" : "audio", { class: "story-player", src: address, controls: "controls", "aria-label": title, tabindex: "-1" });
}

function bytesOf(data) {
  if (typeof data !== "string") throw new Refusal("malformed");
  if (data.length > LARGEST_BASE64) throw new Refusal("too-big");
  try {
    const text = atob(data);
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
    return bytes;
  } catch {
    throw new Refusal("malformed");
  }
}
