// Who may have what. Nothing of a domain leaves the browser before the person said Once or Always for it.
//
// Always and Never belong to a domain, whichever tool asks. Once belongs to a domain and a process: it ends when the
// process does.

/** How long a process that was told Once may be out of sight, while the bridge is there, before it counts as ended. */
const GRACE = 60 * 1000;

export class Consents {
  #settings;
  #seen = new Map();

  /** Whether the browser lets us see cookies at all: without that, an answer cannot be carried out. */
  hasAccess = true;

  constructor(settings) {
    this.#settings = settings;
  }

  /** "granted", "denied", or "waiting" where the person has said nothing, or the browser keeps us from websites. */
  of(domain, process) {
    const said = this.said(domain, process);
    return said === "granted" && !this.hasAccess ? "waiting" : said;
  }

  /** What the person has said: "granted", "denied", or "waiting". */
  said(domain, process) {
    const answer = this.#answers()[domain];
    if (answer === "never") return "denied";
    if (answer === "always") return "granted";
    return this.#isOnce(domain, process) ? "granted" : "waiting";
  }

  /** Every domain that the person has said something about: [domain, "always" | "never" | "once"]. */
  list() {
    const answers = this.#answers();
    const once = new Set(this.#settings.get("once").map(([, domain]) => domain));
    const listed = Object.entries(answers);
    for (const domain of once) if (!Object.hasOwn(answers, domain)) listed.push([domain, "once"]);
    return listed.sort(([one], [other]) => one.localeCompare(other));
  }

  /** The person pressed "once", "always" or "never" while these processes asked. */
  async decide(domain, answer, processes) {
    if (answer === "once") {
      const others = processes.filter((process) => !this.#isOnce(domain, process));
      for (const process of processes) this.sees(process);
      const once = [...this.#settings.get("once"), ...others.map((process) => [process, domain])];
      await this.#settings.set({ once });
    } else if (answer === "always" || answer === "never") {
      await this.#settings.set({ answers: { ...this.#answers(), [domain]: answer }, once: this.#onceWithout(domain) });
    }
  }

  /** The person pressed the domain's X. */
  async remove(domain) {
    const { [domain]: _, ...answers } = this.#answers();
    await this.#settings.set({ answers, once: this.#onceWithout(domain) });
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

  #isOnce(domain, process) {
    return this.#settings.get("once").some(([of, what]) => of === process && what === domain);
  }

  #onceWithout(domain) {
    return this.#settings.get("once").filter(([, what]) => what !== domain);
  }
}
