// Who is reading, remembered on this device alone and only when the reader ticks the box.
import { forgetOnDevice, recall, remember } from "./device.js";
import { afterPaint, find } from "./views.js";

const STORED_AS = "story-passport-reader";

// Nobody may find who read before them, unless that was to be remembered. A device's memory is slow
// to look into: that waits until the reader has something to see.
export function askReader() {
  find("recipient").value = "";
  find("remember").checked = false;
  afterPaint(fillReader);
}

function fillReader() {
  const known = recall(STORED_AS);
  if (find("recipient").value || typeof known !== "string") return;
  find("recipient").value = known;
  find("remember").checked = true;
}

export function rememberReader(recipient) {
  if (find("remember").checked) remember(STORED_AS, recipient);
  else forgetOnDevice(STORED_AS);
}
