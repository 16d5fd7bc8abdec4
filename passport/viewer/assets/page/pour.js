// Draws a story a helping at a time, so that a huge one never holds up the page.
import { word } from "./said.js";
import { announce, find } from "./views.js";

const HELPING = 120_000;

// `drawing`: a generator that yields the cost, in letters, of each step it drew into `place`;
// Infinity when the first screen is drawn.
export class Pour {
  constructor(drawing, place) {
    this.drawing = drawing;
    this.place = place;
    this.more();
  }

  more() {
    let spent = 0;
    let step;
    do {
      step = this.drawing.next();
      spent += step.value ?? 0;
    } while (!step.done && spent < HELPING);
    this.done = step.done;
    this.isAtFirstScreen = step.value === Infinity;
    find("more").hidden = this.done;
  }

  // As `more`, for a person who pressed: says so, and takes them to what is new.
  moreNow() {
    const last = this.place.lastElementChild;
    this.more();
    announce(this.done ? word("all-shown") : word("more-shown"));
    const next = last?.nextElementSibling ?? last;
    next?.setAttribute("tabindex", "-1");
    next?.focus();
  }

  // Draws on until the part that a contents link names is there.
  reach(id) {
    for (let helpings = 0; !find(id) && !this.done && helpings < 5; helpings += 1) this.more();
  }
}
