// Says five minutes before that a session ends. It never takes the focus from what she types.

const WARN_MS = 5 * 60 * 1000;
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
  const { over, inFive, inAFew, inOne } = box.dataset;
  if (left <= 0) return over;
  if (left <= 60000) return inOne;
  return left > WARN_MS - 60000 ? inFive : inAFew;
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
    if (seconds * 1000 <= WARN_MS) say(box.dataset.notLonger);
  } catch {
    say(box.dataset.failed);
  }
}
