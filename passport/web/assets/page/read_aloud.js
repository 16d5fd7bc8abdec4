// Reads an easy-read story aloud, line by line, and marks the word that is being said.

export function wireReading() {
  const story = document.querySelector("[data-read-aloud]");
  if (!story || !("speechSynthesis" in window)) return;
  const buttons = story.querySelector("[data-read-buttons]");
  const button = buttons.querySelector("button");
  const said = story.querySelector("[data-read-said]");
  const lines = [...story.querySelectorAll("[data-line]")];
  let reading = false;

  buttons.hidden = false;
  button.addEventListener("click", () => (reading ? stop() : start()));
  addEventListener("pagehide", stop);

  function start() {
    reading = true;
    button.textContent = button.dataset.stop;
    said.textContent = "";
    read(0);
  }

  function stop() {
    reading = false;
    speechSynthesis.cancel();
    button.textContent = button.dataset.read;
    for (const line of lines) unmark(line);
  }

  function read(at) {
    const line = lines[at];
    if (!reading || !line) return stop();
    const words = marked(line);
    const speech = new SpeechSynthesisUtterance(line.textContent);
    speech.lang = line.closest("[lang]").lang;
    speech.onstart = () => show(line);
    speech.onboundary = ({ charIndex }) => mark(words, charIndex);
    speech.onend = () => {
      unmark(line);
      if (reading) read(at + 1);
    };
    speech.onerror = ({ error }) => {
      unmark(line);
      if (!reading || error === "canceled" || error === "interrupted") return;
      said.textContent = said.dataset.silent;
      stop();
    };
    line.classList.add("passport-easy__now");
    speechSynthesis.speak(speech);
  }
}

function show(line) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  line.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}

// The line's words, each in an element of its own, with where it begins.
function marked(line) {
  const pieces = line.textContent.match(/\s+|\S+/g) ?? [];
  let at = 0;
  const words = pieces.map((text) => {
    const element = document.createElement("span");
    element.textContent = text;
    const begins = at;
    at += text.length;
    return { element, begins, ends: at };
  });
  line.replaceChildren(...words.map(({ element }) => element));
  return words;
}

function mark(words, charIndex) {
  for (const { element, begins, ends } of words) {
    element.classList.toggle("passport-easy__word", begins <= charIndex && charIndex < ends);
  }
}

function unmark(line) {
  line.classList.remove("passport-easy__now");
  // A text node again: no element is left in the middle of her words.
  line.textContent = String(line.textContent);
}
