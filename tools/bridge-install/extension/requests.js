// What a tool asked for of requests: those that its filters let through, from the person's consent on until it is taken
// back. They wait in a queue until the tool takes them; what does not fit is counted, and the tool is told.

import { EVERYWHERE, Filter } from "./filter.js";
import { coverers } from "./domain.js";

/** How much waits for a tool that is slow, in requests and in characters. */
const MOST_WAITING = 20000;
const MOST_LENGTH = 64 * 1024 * 1024;

/** How much goes into one message, in characters, unless one alone is longer. */
const MESSAGE = 128 * 1024;

export class Requests {
  #filter;
  #tool;
  #consents;
  #capture;
  /** What the person has said of each scope, as the tool was told it. */
  #states;
  #waiting = [];
  #length = 0;
  #dropped = 0;
  /** Whether the tool wants nothing new; and whether it is yet to be told that it has all. */
  #isClosed = false;
  #isEnding = false;

  /** `message` is the tool's, `tool` takes messages for it and counts its credit, `capture` has the browser's requests. */
  constructor(message, tool, consents, capture) {
    this.#filter = new Filter(message.filters);
    this.wantsResponses = message.responses === true;
    this.#tool = tool;
    this.#consents = consents;
    this.#capture = capture;
    this.#states = new Map(this.#filter.scopes.map((scope) => [scope, null]));
  }

  get needsTabs() {
    return this.#filter.needsTabs;
  }

  /** The scopes in a state. */
  labels(state) {
    return [...this.#states].filter(([, known]) => known === state).map(([scope]) => scope);
  }

  /** What the person is to answer. */
  questions() {
    const asked = this.labels("waiting").map((domain) => ({ of: "requests", domain, store: null }));
    return asked.filter((subject) => this.#consents.said(subject, this.#tool.process) === "waiting");
  }

  /** Tells the tool what the person has said since the last time. */
  async review() {
    const before = this.labels("granted").length > 0;
    const news = [];
    for (const [scope, known] of this.#states) {
      const said = this.#consents.of({ of: "requests", domain: scope, store: null }, this.#tool.process);
      const isTakenBack = said === "waiting" && known !== null && known !== "waiting";
      const state = isTakenBack ? "revoked" : said;
      if (state === known) continue;
      this.#states.set(scope, state);
      news.push([scope, state]);
    }
    const isOpen = this.labels("granted").length > 0;
    if (isOpen !== before) await this.#capture.set(this, isOpen);
    // Meanwhile another answer may have come, which was told then.
    for (const [domain, state] of news) {
      if (this.#states.get(domain) === state) this.#tool.say({ type: "consent", for: "requests", domain, state });
    }
    if (news.some(([, state]) => state !== "granted")) this.#discard();
  }

  /** What waits and is not allowed any more does not go out. */
  #discard() {
    this.#waiting = this.#waiting.filter(({ what }) => this.#isAllowed(what));
    this.#length = this.#waiting.reduce((sum, { text }) => sum + text.length, 0);
  }

  #isAllowed({ host, scheme }) {
    const isGranted = (scope) => this.#states.get(scope) === "granted";
    if (isGranted(EVERYWHERE)) return true;
    for (const scope of coverers(`${scheme}://${host}`)) if (isGranted(scope)) return true;
    return false;
  }

  /** Whether a request is to be told. */
  wants(what, pageOf) {
    return this.#isAllowed(what) && this.#filter.accepts(what, pageOf);
  }

  /** Tells a part of an exchange, as JSON. */
  tell(what, text) {
    if (this.#isClosed || !this.#isAllowed(what)) return;
    // One that is longer than that goes alone.
    const isFull = this.#waiting.length >= MOST_WAITING || this.#length + text.length > MOST_LENGTH;
    if (isFull && this.#waiting.length > 0) this.#dropped += 1;
    else {
      this.#waiting.push({ what, text });
      this.#length += text.length;
    }
    this.pump();
  }

  /** Sends what waits, as far as the tool takes it. */
  pump() {
    while (this.#tool.hasCredit && this.#waiting.length + this.#dropped > 0) {
      if (this.#dropped > 0) this.#tool.say({ type: "dropped", count: this.#dropped });
      this.#dropped = 0;
      if (this.#waiting.length === 0) break;
      this.#tool.spend();
      this.#tool.sayText(`{"type":"requests","items":[${this.#next().join()}]}`);
    }
    if (this.#isEnding && this.#waiting.length === 0) this.#finish();
  }

  #next() {
    let length = 0;
    let count = 0;
    while (count < this.#waiting.length && (count === 0 || length + this.#waiting[count].text.length <= MESSAGE)) {
      length += this.#waiting[count].text.length;
      count += 1;
    }
    this.#length -= length;
    return this.#waiting.splice(0, count).map(({ text }) => text);
  }

  /** The tool wants nothing new: what waits is still sent, and then it is told so. */
  drain() {
    this.#isClosed = true;
    this.#isEnding = true;
    this.#capture.set(this, false);
    this.pump();
  }

  #finish() {
    this.#isEnding = false;
    this.#tool.say({ type: "drained" });
  }

  /** Another subscription takes its place, or none. */
  end() {
    this.#isClosed = true;
    this.#waiting = [];
    this.#length = 0;
    this.#states = new Map();
    this.#capture.set(this, false);
  }
}
