// Reads a story aloud with a voice that lives on this device. Voices elsewhere would be sent the
// words, so they are never used.
import { word } from "./said.js";
import { announce, find } from "./views.js";

const PIECES = "h2, h3, h4, h5, h6, .story-text p, .story-text li, .story-text td, .story-text th";
const LONGEST = 2000;

export function wireAloud() {
  if (!window.speechSynthesis) return;
  find("aloud").hidden = false;
  find("aloud").addEventListener("click", () => (isReading() ? stopAloud() : begin()));
}

export function stopAloud() {
  if (!isReading()) return;
  speechSynthesis.cancel();
  show(false);
}

const isReading = () => find("aloud").getAttribute("aria-pressed") === "true";

function begin() {
  const pieces = [...find("story-body").querySelectorAll(".story-part")].flatMap(utterances);
  if (!pieces.length) return announce(word("aloud-none"));
  pieces[pieces.length - 1].addEventListener("end", () => show(false));
  show(true);
  for (const piece of pieces) speechSynthesis.speak(piece);
}

function utterances(part) {
  const leaves = [...part.querySelectorAll(PIECES)].filter((one) => !one.querySelector("p, li"));
  return leaves.map(spoken).filter(Boolean);
}

function spoken(element) {
  const text = element.textContent.trim().slice(0, LONGEST);
  const holder = element.closest("[lang]");
  const voice = voiceFor(holder ? holder.lang : "");
  if (!text || !voice) return null;
  const piece = new SpeechSynthesisUtterance(text);
  piece.voice = voice;
  piece.lang = voice.lang;
  return piece;
}

function voiceFor(language) {
  const near = speechSynthesis.getVoices().filter((voice) => voice.localService);
  const wanted = language.toLowerCase().split("-")[0];
  return near.find((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === wanted);
}

function show(reading) {
  find("aloud").setAttribute("aria-pressed", reading);
  find("aloud").textContent = word(reading ? "aloud-stop" : "aloud");
}
