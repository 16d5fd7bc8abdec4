// Says five minutes before that a session ends. It never takes the focus from what she types.

const WARN_MS = 5 * 60 * 1000;
const NOT_LONGER = "You will be signed out soon. Save what you typed, then sign in again.";
const box = document.querySelector("[data-seconds-left]");
const channel = new BroadcastChannel("session");
let endsAt = Infinity;

// The service has just said how long she stays signed in: so it is in every tab.
export function signedInFor(seconds) {
  begin(seconds);
  channel.postMessage(seconds);
}

export function watchSession() {
  if (!box) return;
  channel.onmessage = ({ data }) => begin(data);
  box.querySelector("form").addEventListener("submit", stay);
  setInterval(tick, 1000);
  signedInFor(Number(box.dataset.secondsLeft));
}

function begin(seconds) {
  endsAt = Date.now() + seconds * 1000;
  tick();
}

function tick() {
  const left = endsAt - Date.now();
  box.hidden = left > WARN_MS;
  box.querySelector("button").hidden = left <= 0;
  say(box.hidden ? "" : words(left));
}

function words(left) {
  if (left <= 0) {
    return "You are signed out. What you typed is still here. Press Save, and sign in on the next page.";
  }
  const minutes = left > WARN_MS - 60000 ? "5 minutes" : left > 60000 ? "a few minutes" : "1 minute";
  return `You will be signed out in ${minutes}. Stay signed in?`;
}

// Said again only when it is something else, or it would be read out every second.
function say(text) {
  const line = box.querySelector("[role=alert]");
  if (line.textContent !== text) line.textContent = text;
}

async function stay(event) {
  event.preventDefault();
  const form = event.target;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const { seconds } = await answer.json();
    signedInFor(seconds);
    if (seconds * 1000 <= WARN_MS) say(NOT_LONGER);
  } catch {
    say("That did not work. Save what you typed.");
  }
}
