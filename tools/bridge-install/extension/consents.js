// Who may have what. Nothing of a domain leaves the browser before the person said Once or Always for it.
//
// An answer is for a subject: the cookies of a domain in one cookie store, or the requests to a domain. It holds for all that
// lies within the domain; the nearest answer counts. Always and Never are for whichever tool asks. Once is for one process: it
// ends when the process does.

import { DEFAULT_STORE } from "./cookies.js";
import { coverers } from "./domain.js";
import { EVERYWHERE } from "./filter.js";

/** How long a process that was told Once may be out of sight, while the bridge is there, before it counts as ended. */
const GRACE = 60 * 1000;

const REQUESTS = "requests to ";

/** A subject, { of, domain, store }, as its answer is remembered: neither domains nor the names of stores have spaces. */
function scope({ of, domain, store }) {
  if (of === "requests") return REQUESTS + domain;
  return store === DEFAULT_STORE ? domain : `${domain} ${store}`;
}

function readScope(scope) {
  if (scope.startsWith(REQUESTS)) return { of: "requests", domain: scope.slice(REQUESTS.length), store: null };
  const [domain, store = DEFAULT_STORE] = scope.split(" ");
  return { of: "cookies", domain, store };
}

/** A subject and all within which it lies, the nearest first. */
function* wider({ of, domain, store }) {
  if (domain !== EVERYWHERE) for (const name of coverers(domain)) yield { of, domain: name, store };
  if (of === "requests") yield { of, domain: EVERYWHERE, store };
}

export class Consents {
  #settings;
  #seen = new Map();

  /** Whether the browser lets us see cookies at all: without that, an answer cannot be carried out. */
  hasAccess = true;

  constructor(settings) {
    this.#settings = settings;
  }

  /** "granted", "denied", or "waiting" where the person has said nothing, or the browser keeps us from websites. */
  of(subject, process) {
    const said = this.said(subject, process);
    return said === "granted" && !this.hasAccess ? "waiting" : said;
  }

  /** What the person has said: "granted", "denied", or "waiting". */
  said(subject, process) {
    for (const covering of wider(subject)) {
      const what = scope(covering);
      const answer = this.#answers()[what];
      if (answer === "never") return "denied";
      if (answer === "always" || this.#isOnce(what, process)) return "granted";
    }
    return "waiting";
  }

  /** Everything that the person has said something about: { of, domain, store, answer: "always" | "never" | "once" }. */
  list() {
    const answers = this.#answers();
    const once = new Set(this.#settings.get("once").map(([, what]) => what));
    const listed = Object.entries(answers);
    for (const what of once) if (!Object.hasOwn(answers, what)) listed.push([what, "once"]);
    return listed
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([what, answer]) => ({ ...readScope(what), answer }));
  }

  /** The person pressed "once", "always" or "never" for a subject. Once is for these processes. */
  async decide(subject, answer, processes) {
    const what = scope(subject);
    if (answer === "once") {
      const others = processes.filter((process) => !this.#isOnce(what, process));
      for (const process of processes) this.sees(process);
      const once = [...this.#settings.get("once"), ...others.map((process) => [process, what])];
      await this.#settings.set({ once });
    } else if (answer === "always" || answer === "never") {
      await this.#settings.set({ answers: { ...this.#answers(), [what]: answer }, once: this.#onceWithout(what) });
    }
  }

  /** The person pressed the X of a subject. */
  async remove(subject) {
    const what = scope(subject);
    const { [what]: _, ...answers } = this.#answers();
    await this.#settings.set({ answers, once: this.#onceWithout(what) });
  }

  /** A process is there. */
  sees(process) {
    this.#seen.set(process, Date.now());
  }

  /** The bridge is there, anew: whoever was told Once before has time to come back. */
  seesAll() {
    for (const [process] of this.#settings.get("once")) this.sees(process);
  }

  /** A process has ended. */
  async forget(process) {
    this.#seen.delete(process);
    const once = this.#settings.get("once");
    const left = once.filter(([of]) => of !== process);
    if (left.length < once.length) await this.#settings.set({ once: left });
  }

  /** Forgets who was out of sight for too long; `present` are the processes that are connected. */
  async sweep(present) {
    for (const process of present) this.sees(process);
    const limit = Date.now() - GRACE;
    const gone = this.#settings.get("once").filter(([process]) => (this.#seen.get(process) ?? 0) < limit);
    for (const [process] of gone) await this.forget(process);
    return gone.length > 0;
  }

  #answers() {
    return this.#settings.get("answers");
  }

  #isOnce(what, process) {
    return this.#settings.get("once").some(([of, scope]) => of === process && scope === what);
  }

  #onceWithout(what) {
    return this.#settings.get("once").filter(([, scope]) => scope !== what);
  }
}
