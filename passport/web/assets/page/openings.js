// While a page is open: her emergency card was opened. Without this script the next page says it.
const OFTEN_MS = 5000;

export function watchOpenings() {
  const box = document.querySelector("[data-openings]");
  if (box) setInterval(() => document.hidden || ask(box), OFTEN_MS);
}

async function ask(box) {
  try {
    const answer = await fetch(box.dataset.openings);
    tell(box, await answer.json());
  } catch {
    // The next time, perhaps.
  }
}

function tell(box, { words, until }) {
  const line = box.querySelector("[role=alert]");
  if (!words || line.textContent === words) return;
  box.hidden = false;
  box.querySelector("[name=until]").value = until;
  line.textContent = words;
}
