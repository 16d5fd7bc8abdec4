// Keeps what she types in a section's form, sealed in her passport, until she saves it. At any
// moment no more than the last two seconds of typing stand in this page alone.

import { signedInFor } from "./session_end.js";

const WAIT_MS = 800;
// A copy that is not answered by then may never be: the next one is sent all the same.
const PATIENCE_MS = 1000;
const RETRY_MS = 3000;
// A browser lets no more than 64 KiB go out while a page is being closed.
const MOST_AT_THE_END = 60000;

export function keepDrafts() {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const line = form.querySelector("[data-draft-said]");
  const page = crypto.getRandomValues(new Uint32Array(2)).join("");
  let [timer, turn, waiting, answered] = [null, 0, 0, 0];

  form.addEventListener("input", () => soon(WAIT_MS));
  form.addEventListener("submit", forget);
  addEventListener("visibilitychange", () => document.hidden && timer && keep());
  addEventListener("pagehide", () => timer && keep());
  addEventListener("online", () => timer && keep());

  function soon(after) {
    timer ??= setTimeout(keepInTurn, after);
  }

  function forget() {
    clearTimeout(timer);
    timer = null;
  }

  // One after the other while answers come, so that a slow line is not flooded.
  function keepInTurn() {
    forget();
    if (waiting && Date.now() - waiting < PATIENCE_MS) return soon(100);
    return keep();
  }

  async function keep() {
    forget();
    const sent = (turn += 1);
    const body = new URLSearchParams(new FormData(form));
    body.set("draft_turn", `${page}.${sent}`);
    const keepalive = body.toString().length < MOST_AT_THE_END;
    waiting = Date.now();
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body, keepalive });
      if (!answer.ok) throw answer;
      const { seconds } = await answer.json();
      signedInFor(seconds);
      answered = Math.max(answered, sent);
      line.textContent = "";
    } catch (problem) {
      if (answered < sent) line.textContent = line.dataset.failed;
      // A lost connection comes back. A session that is over does not: Save carries the words on.
      const mayComeBack = !(problem.status < 500);
      if (sent === turn && mayComeBack) soon(RETRY_MS);
    } finally {
      if (sent === turn) waiting = 0;
    }
  }
}
