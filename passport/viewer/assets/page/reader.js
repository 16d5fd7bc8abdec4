// Who is reading, remembered on this device alone and only when the reader ticks the box.
import { find } from "./views.js";

const STORED_AS = "story-passport-reader";

export function fillReader() {
  const known = attempt(() => localStorage.getItem(STORED_AS)) ?? "";
  find("recipient").value = known;
  find("remember").checked = known !== "";
}

export function rememberReader(recipient) {
  const wanted = find("remember").checked;
  attempt(() =>
    wanted ? localStorage.setItem(STORED_AS, recipient) : localStorage.removeItem(STORED_AS),
  );
}

// A browser may refuse storage; then nothing is remembered, and nothing else is lost.
function attempt(act) {
  try {
    return act();
  } catch {
    return null;
  }
}
