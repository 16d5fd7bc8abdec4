// The owner's look at her own words before she shares them: the very document, on the very page.
// The service gives it to her alone; nothing is opened, counted or told to anybody.
import { make } from "./make.js";
import { word } from "./said.js";
import { showStory } from "./story_view.js";
import { find } from "./views.js";

// As of a link that opens by itself: there is nobody to give something back to.
const NO_LINK = { label: "", flags: "U", kind: "", key: null, url: null, payload: "" };

// Shows what a share of this number would hold. Throws if the service gives nothing.
export async function showPreview(number) {
  const answer = await fetch(`/shares/new/${number}/preview.json`, { redirect: "error" });
  if (!answer.ok) throw new Error("no preview");
  const files = [{ resource: await answer.json(), status: "finalized" }];
  const readersOpenFiles = answer.headers.get("Passport-Files") === "with-it";
  showStory({ files, problems: [], manifest: null, readersOpenFiles, link: NO_LINK, reader: { recipient: "", passcode: "" } });
  find("story-head").prepend(make("p", { class: "story-warning" }, word("preview")));
}
