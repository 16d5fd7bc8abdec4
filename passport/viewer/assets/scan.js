// The page that reads a code with the camera, or in a photo, and goes on to /view with the link in
// it. What the camera sees and the key in the link stay in this browser.
import { wireExit } from "../../web/assets/page/exit.js";
import { holdsLink, parseLink } from "./link/parse.js";
import { word } from "./page/said.js";
import { announce, find } from "./page/views.js";
import { Camera } from "./scan/camera.js";
import { codeIn } from "./scan/code_in.js";

const PHOTO_SIDES = [1000, 2000, 500];

let camera = null;

function start() {
  wireExit();
  find("scan-tools").hidden = false;
  find("scan-camera").hidden = !(navigator.mediaDevices && navigator.mediaDevices.getUserMedia);
  find("scan-start").addEventListener("click", look);
  find("scan-stop").addEventListener("click", stop);
  find("scan-photo").addEventListener("change", ({ target }) => target.files[0] && read(target));
  addEventListener("pagehide", stop);
}

async function look() {
  stop();
  camera = new Camera(find("scan-video"), found);
  try {
    await camera.start();
    find("scan-seen").hidden = false;
    say("scan-looking");
  } catch {
    stop();
    say("scan-no-camera");
  }
}

function stop() {
  if (camera) camera.stop();
  camera = null;
  find("scan-seen").hidden = true;
}

async function read(input) {
  stop();
  say("scan-reading");
  const photo = input.files[0];
  input.value = "";
  try {
    const picture = await createImageBitmap(photo);
    for (const side of PHOTO_SIDES) {
      const text = await codeIn(picture, side);
      if (text && found(text)) return;
      if (text) return say("scan-other");
    }
    say("scan-nothing");
  } catch {
    say("scan-no-picture");
  }
}

// Takes the reader on when `text` holds a link to a story, and says whether it does.
function found(text) {
  if (!holdsLink(text)) {
    say("scan-other");
    return false;
  }
  stop();
  location.replace(`${find("scan").dataset.view}#${bareLink(text)}`);
  return true;
}

// A damaged link goes on too: the page for links says what is wrong with it.
function bareLink(text) {
  try {
    return `shlink:/${parseLink(text).payload}`;
  } catch {
    return encodeURI(text);
  }
}

function say(name) {
  find("scan-said").textContent = word(name);
  announce(word(name));
}

start();
