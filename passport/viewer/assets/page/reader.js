// Who is reading, remembered on this device alone and only when the reader ticks the box.
import { forgetOnDevice, recall, remember, tab } from "./device.js";
import { afterPaint, find } from "./views.js";

const STORED_AS = "story-passport-reader";

// Nobody may find who read before them, unless that was to be remembered: `keep` what was typed only
// while its story still waits to be opened. A device's memory is slow to look into: that waits until
// the reader has something to see.
export function askReader({ keep }) {
  if (keep && find("recipient").value) return;
  find("recipient").value = "";
  find("remember").checked = false;
  afterPaint(fillReader);
}

function fillReader() {
  const carried = recall(STORED_AS, tab);
  forgetOnDevice(STORED_AS, tab);
  const known = recall(STORED_AS);
  if (find("recipient").value) return;
  find("recipient").value = [carried, known].find((one) => typeof one === "string") ?? "";
  find("remember").checked = typeof known === "string";
}

// For the same page in another language.
export function carryReader() {
  if (find("recipient").value) remember(STORED_AS, find("recipient").value, tab);
}

export function rememberReader(recipient) {
  if (find("remember").checked) remember(STORED_AS, recipient);
  else forgetOnDevice(STORED_AS);
}
