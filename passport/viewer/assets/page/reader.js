// Who is reading, remembered on this device alone and only when the reader ticks the box.
import { forgetOnDevice, recall, remember } from "./device.js";
import { find } from "./views.js";

const STORED_AS = "story-passport-reader";

export function fillReader() {
  const known = recall(STORED_AS);
  find("recipient").value = typeof known === "string" ? known : "";
  find("remember").checked = typeof known === "string";
}

export function rememberReader(recipient) {
  if (find("remember").checked) remember(STORED_AS, recipient);
  else forgetOnDevice(STORED_AS);
}
