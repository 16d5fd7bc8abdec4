// Who is reading, remembered on this device alone and only when the reader ticks the box.
import { forgetOnDevice, recall, remember, tab } from "./device.js";
import { afterPaint, find } from "./views.js";

const STORED_AS = "story-passport-reader";

// As long as a page in another language may take to come.
const CARRIED_MS = 20_000;

// Nobody may find who read before them, unless that was to be remembered: `keep` what was typed only
// while its story still waits to be opened. A device's memory is slow to look into: that waits until
// the reader has something to see.
export function askReader({ keep }) {
  if (keep) return;
  find("recipient").value = "";
  find("remember").checked = false;
  afterPaint(fillReader);
}

function fillReader() {
  const carried = recall(STORED_AS, tab);
  dropCarried();
  const known = recall(STORED_AS);
  if (find("recipient").value) return;
  if (carried && Date.now() - carried.at < CARRIED_MS) return fill(carried.recipient, carried.isTicked);
  if (typeof known === "string") fill(known, true);
}

function fill(recipient, isTicked) {
  find("recipient").value = recipient;
  find("remember").checked = isTicked;
}

// For the same page in another language.
export function carryReader() {
  const isTicked = find("remember").checked;
  remember(STORED_AS, { recipient: find("recipient").value, isTicked, at: Date.now() }, tab);
}

export const dropCarried = () => forgetOnDevice(STORED_AS, tab);

export function rememberReader(recipient) {
  if (find("remember").checked) remember(STORED_AS, recipient);
  else forgetOnDevice(STORED_AS);
}
