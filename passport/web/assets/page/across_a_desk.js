// While a QR code is shown across a desk: the screen stays awake, and the page says who has it open.

const EVERY_MS = 2000;
const box = document.querySelector("[data-readings]");

export function showAcrossADesk() {
  if (!box) return;
  stayAwake();
  // A screen that was left goes to sleep, and lets go of what kept it awake.
  document.addEventListener("visibilitychange", stayAwake);
  setTimeout(look, EVERY_MS);
}

async function stayAwake() {
  if (document.visibilityState !== "visible") return;
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // A phone that is nearly empty may refuse: then it sleeps as ever.
  }
}

async function look() {
  if (document.visibilityState === "visible" && !(await ask())) return;
  setTimeout(look, EVERY_MS);
}

// Whether to ask again: not once she is signed out.
async function ask() {
  try {
    const answer = await fetch(box.dataset.readings, { redirect: "error" });
    if (!answer.ok) return answer.status >= 500;
    say((await answer.json()).words);
  } catch {
    // No connection just now, or signed out: what is shown stays.
  }
  return true;
}

// Said again only when it is something else, or it would be read out every time.
function say(words) {
  const line = box.querySelector("[role=status]");
  if (line.textContent.trim() === words) return;
  const apart = document.createElement("bdi");
  apart.textContent = words;
  line.replaceChildren(...(words ? [apart] : []));
  if (words) document.querySelector("[data-until-read]")?.replaceChildren();
}
