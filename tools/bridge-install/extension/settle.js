// Keeps an answer from going to a question that the person has not seen: a press does nothing for half a second after its
// question has appeared, changed or moved, whatever made it move.

/** In milliseconds; nobody reads a question and presses in less. */
const SETTLING = 500;

/** When a press happened, on the clock of performance.now(): it may have waited in a queue behind what moved. */
function timeOf(event) {
  const now = performance.now();
  return event.timeStamp > 0 && event.timeStamp < now ? event.timeStamp : now;
}

/** Where the person sees a question and its buttons. */
function placeOf(question) {
  const boxes = [question, ...question.querySelectorAll("button")].map((element) => element.getBoundingClientRect());
  return boxes.map(({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ")).join();
}

export class Settle {
  #container;
  /** For each question, where it is and since when. */
  #known = new Map();
  /** When the button or key that is down went down; null when none is. */
  #down = null;

  /** Looks after the questions in a container. */
  constructor(container) {
    this.#container = container;
    for (const name of ["scroll", "resize"]) addEventListener(name, () => this.look(), { capture: true, passive: true });
    new ResizeObserver(() => this.look()).observe(document.body);
    // What has changed while nobody saw it appears now.
    document.addEventListener("visibilitychange", () => {
      this.#known.clear();
      this.look();
    });
    for (const name of ["pointerdown", "keydown"]) addEventListener(name, (event) => this.#goesDown(event), true);
    // The click of a key comes after its keyup, in the same turn.
    for (const name of ["pointerup", "keyup"]) addEventListener(name, () => setTimeout(() => (this.#down = null)), true);
  }

  #goesDown(event) {
    if (!event.repeat) this.#down = timeOf(event);
  }

  /** Notices which questions are new or elsewhere. */
  look() {
    const now = performance.now();
    const before = this.#known;
    this.#known = new Map();
    for (const question of this.#container.children) {
      const place = placeOf(question);
      const known = before.get(question);
      const isSame = known?.place === place;
      this.#known.set(question, isSame ? known : { place, since: now });
      if (!isSame) this.#mark(question);
    }
  }

  /** Whether a press on a question's button counts: it began and ended on what had been there for a while. */
  allows(question, event) {
    this.look();
    const began = Math.min(timeOf(event), this.#down ?? Infinity);
    return began - (this.#known.get(question)?.since ?? Infinity) >= SETTLING;
  }

  /** Shows that the buttons do nothing yet, and when they do. They keep the focus meanwhile. */
  #mark(question) {
    const buttons = [...question.querySelectorAll("button")];
    for (const button of buttons) button.setAttribute("aria-disabled", "true");
    setTimeout(() => {
      const since = this.#known.get(question)?.since ?? Infinity;
      if (performance.now() - since >= SETTLING) for (const button of buttons) button.removeAttribute("aria-disabled");
    }, SETTLING + 10);
  }
}
