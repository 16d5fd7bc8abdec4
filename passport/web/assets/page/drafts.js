// Keeps what she types in a section's form, sealed in her passport, until she saves it.

import { signedInFor } from "./session_end.js";

const WAIT_MS = 2000;
// A browser lets no more than 64 KiB go out while a page is being closed.
const MOST_AT_THE_END = 60000;
const FAILED = "We could not keep a copy of what you typed. Press Save before you leave this page.";

export function keepDrafts() {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const line = form.querySelector("[data-draft-said]");
  let timer = null;

  form.addEventListener("input", () => (timer ??= setTimeout(keep, WAIT_MS)));
  form.addEventListener("submit", forget);
  addEventListener("visibilitychange", () => document.hidden && timer && keep());
  addEventListener("pagehide", () => timer && keep());

  function forget() {
    clearTimeout(timer);
    timer = null;
  }

  async function keep() {
    forget();
    const body = new URLSearchParams(new FormData(form));
    const keepalive = body.toString().length < MOST_AT_THE_END;
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body, keepalive });
      const { seconds } = await answer.json();
      signedInFor(seconds);
      line.textContent = "";
    } catch {
      line.textContent = FAILED;
    }
  }
}
