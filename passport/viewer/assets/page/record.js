// Into the record: as text, on paper, or as FHIR. Each is a copy that no longer changes.
import { recordText } from "../story/plain_text.js";
import { word } from "./said.js";
import { find } from "./views.js";

const FHIR = "application/fhir+json";

let shown = null;

export function wireRecord() {
  find("copy").addEventListener("click", copy);
  find("print").addEventListener("click", () => print());
  find("download").addEventListener("click", download);
}

// `story`: what storyFrom made; `context`: see after/after.js.
export function showRecord(story, context) {
  shown = { story, context, opened: new Date() };
}

export function clearRecord() {
  shown = null;
  find("record-said").textContent = "";
  find("record-text").value = "";
  find("record-text").hidden = true;
}

async function copy() {
  const { story, context, opened } = shown;
  const text = recordText(story, { entries: context.entries, reader: context.reader, opened });
  try {
    await navigator.clipboard.writeText(text);
    find("record-said").textContent = word("copied");
  } catch {
    find("record-text").hidden = false;
    find("record-text").value = text;
    find("record-text").select();
    find("record-said").textContent = word("copy-by-hand");
  }
}

// Its name tells nobody whose story it is.
function download() {
  const text = JSON.stringify(shown.context.main, null, 2);
  const url = URL.createObjectURL(new Blob([text], { type: FHIR }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "story.fhir.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  find("record-said").textContent = word("downloaded");
}
