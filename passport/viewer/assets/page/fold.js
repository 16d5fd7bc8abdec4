// The parts of the first screen keep to their share of it; the rest of a long one is a press away.
// Its words are on the page all the same, for those who listen.
import { make } from "./make.js";
import { word } from "./said.js";

const MARGIN = 6;
const UPRIGHT = 600;
const SHARES = [1, 0.9, 0.8, 0.7, 0.6, 0.5];

// Gives each part whose words don't fit a button that shows them all, and takes away those that
// are not needed any more.
export function fold(place) {
  squeeze(place);
  for (const part of place.children) {
    const words = part.querySelector(".story-text");
    if (part.classList.contains("is-whole") || !words) continue;
    const isLong = words.scrollHeight > words.clientHeight + MARGIN;
    const button = part.querySelector(".story-fold");
    part.classList.toggle("is-folded", isLong);
    if (isLong && !button) part.querySelector("h2, h3").after(foldButton(part));
    if (!isLong && button) button.remove();
  }
}

// On a phone held upright, until all parts show; larger letters go over the edge instead. The
// largest share that fits is found by halves, since each try is laid out.
function squeeze(place) {
  if (innerHeight < UPRIGHT || !place.offsetHeight || fits(place, 0)) return;
  let tooLarge = 0;
  let tried = SHARES.length - 1;
  while (tried > tooLarge + 1) {
    const middle = Math.floor((tooLarge + tried) / 2);
    if (fits(place, middle)) tried = middle;
    else tooLarge = middle;
  }
  place.style.setProperty("--squeeze", SHARES[tried]);
}

function fits(place, tried) {
  place.style.setProperty("--squeeze", SHARES[tried]);
  return place.getBoundingClientRect().bottom + scrollY <= innerHeight;
}

function foldButton(part) {
  const title = part.querySelector("h2, h3").textContent;
  const { direction } = getComputedStyle(part.querySelector(".story-text"));
  const button = make("button", { class: "story-fold", type: "button", "data-direction": direction });
  const say = () => {
    const isWhole = part.classList.contains("is-whole");
    button.textContent = word(isWhole ? "less" : "more");
    button.setAttribute("aria-expanded", isWhole);
    button.setAttribute("aria-label", `${button.textContent}: ${title}`);
  };
  button.addEventListener("click", () => {
    part.classList.toggle("is-whole");
    part.classList.toggle("is-folded", !part.classList.contains("is-whole"));
    say();
  });
  say();
  return button;
}
