// The parts of the first screen keep to their share of it; the rest of a long one is a press away.
// Its words are on the page all the same, for those who listen.
import { make } from "./make.js";
import { word } from "./said.js";

const MARGIN = 6;
const UPRIGHT = 600;
const SHARES = [1, 0.9, 0.8, 0.7, 0.6, 0.5];

// Gives each part whose words don't fit a button that shows them all, and takes away those that
// are not needed any more. All is measured before anything is changed: a browser lays the page out
// anew for each look between two changes.
export function fold(place) {
  place.style.removeProperty("--squeeze");
  const parts = [...place.children].filter((part) => part.querySelector(".story-text")).map(measured);
  const share = shareThatFits(place, parts);
  if (share < 1) place.style.setProperty("--squeeze", share);
  for (const one of parts) {
    if (!one.part.classList.contains("is-whole")) mark(one, one.natural > one.limit * share + MARGIN);
  }
}

// In pixels: `natural` is the height of all words, `limit` of those that its share has room for,
// `rest` of what stands above them. (What is below may be stretched to the part beside it.)
function measured(part) {
  const words = part.querySelector(".story-text");
  const { maxHeight, direction } = getComputedStyle(words);
  const limit = maxHeight === "none" ? Infinity : parseFloat(maxHeight);
  return { part, direction, limit, rest: words.offsetTop, natural: words.scrollHeight, top: part.offsetTop };
}

// On a phone held upright, until all parts show; larger letters go over the edge instead.
function shareThatFits(place, parts) {
  const over = place.getBoundingClientRect().bottom + scrollY - innerHeight;
  if (innerHeight < UPRIGHT || over <= 0) return 1;
  const most = heightWith(1, parts) - over;
  return SHARES.find((share) => heightWith(share, parts) <= most) ?? SHARES[SHARES.length - 1];
}

// Parts that stand side by side are as high as the higher one.
function heightWith(share, parts) {
  const rows = new Map();
  for (const { top, rest, natural, limit } of parts) {
    rows.set(top, Math.max(rows.get(top) ?? 0, rest + Math.min(natural, limit * share)));
  }
  return [...rows.values()].reduce((sum, height) => sum + height, 0);
}

function mark({ part, direction }, isLong) {
  const button = part.querySelector(".story-fold");
  part.classList.toggle("is-folded", isLong);
  if (isLong && !button) part.querySelector("h2, h3").after(foldButton(part, direction));
  if (!isLong && button) button.remove();
}

function foldButton(part, direction) {
  const title = part.querySelector("h2, h3").textContent;
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
