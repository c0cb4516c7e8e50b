// What a tool asked for of cookies: some domains, each shared from the person's consent on until it is taken back.

import { DEFAULT_STORE, chosen, cookiesOf, isStore } from "./cookies.js";
import { carries, label, readDomain } from "./domain.js";

const MOST_DOMAINS = 1000;
const MOST_STORES = 20;

/** One domain of a subscription. */
class Share {
  /** null before anything was said; then "waiting", "granted", "denied" or "revoked". */
  state = null;
  /** Changes that happen while the snapshot is taken; null at other times. */
  queue = null;
  /** Whether the tool has missed something, for want of credit. */
  isStale = false;
  /** Whether the snapshot was all that was wanted, and was sent. */
  isDone = false;

  constructor(domain) {
    this.domain = domain;
    this.label = label(domain);
  }
}

export class Subscription {
  #shares;
  #stores;
  #isFollowing;
  #tool;
  #consents;

  /** `message` is the tool's, `tool` takes messages for it and counts its credit. */
  constructor(message, tool, consents) {
    const domains = Array.isArray(message.domains) ? message.domains.slice(0, MOST_DOMAINS) : [];
    const shares = domains.map(readDomain).filter(Boolean).map((domain) => new Share(domain));
    this.#shares = [...new Map(shares.map((share) => [share.label, share])).values()];
    const stores = Array.isArray(message.stores) ? message.stores.slice(0, MOST_STORES) : [];
    // Ids that no browser has stand for no cookies, and not for the default store's.
    this.#stores = stores.length > 0 ? [...new Set(stores.filter(isStore))] : [DEFAULT_STORE];
    this.#isFollowing = message.follow === "changes";
    this.#tool = tool;
    this.#consents = consents;
  }

  /** The domains in a state. */
  labels(state) {
    return this.#shares.filter((share) => share.state === state).map((share) => share.label);
  }

  /** What the person is to answer: { of, domain, store }. */
  questions() {
    const process = this.#tool.process;
    const open = this.#shares.filter((share) => share.state === "waiting");
    const asked = open.flatMap(({ label }) => this.#stores.map((store) => ({ of: "cookies", domain: label, store })));
    return asked.filter((subject) => this.#consents.said(subject, process) === "waiting");
  }

  /** Tells the tool what the person has said since the last time, and shares what may be shared now. */
  review() {
    this.#snapshot(this.#shares.filter((share) => this.#isNew(share)));
  }

  /** A domain is shared once the person has allowed each store that the tool asks for: half of it could pass for all. */
  #consentOf(share) {
    const subjects = this.#stores.map((store) => ({ of: "cookies", domain: share.label, store }));
    const said = subjects.map((subject) => this.#consents.of(subject, this.#tool.process));
    return ["denied", "waiting"].find((state) => said.includes(state)) ?? "granted";
  }

  /** Tells what the person has said of a domain; whether it may be shared from now on. */
  #isNew(share) {
    const said = this.#consentOf(share);
    const isTakenBack = said === "waiting" && share.state !== null && share.state !== "waiting";
    const state = isTakenBack ? "revoked" : said;
    if (state === share.state) return false;
    share.state = state;
    share.queue = null;
    this.#tool.say({ type: "consent", for: "cookies", domain: share.label, state });
    return state === "granted";
  }

  /** A change of the browser's cookies. */
  changed(change) {
    if (!this.#isFollowing || !this.#stores.includes(change.cookie.storeId)) return;
    for (const share of this.#shares) {
      if (share.state !== "granted" || !carries(share.domain, change.cookie)) continue;
      if (share.queue) share.queue.push(change);
      else this.#tell(share, change);
    }
  }

  /** The tool has given credit: what it missed is made good by a new snapshot. */
  refresh() {
    this.#snapshot(this.#shares.filter((share) => share.isStale && share.state === "granted"));
  }

  /** Another subscription takes its place, or none: what is still being looked up is not told any more. */
  end() {
    for (const share of this.#shares) share.queue = null;
    this.#shares = [];
  }

  /** Lets the browser notice what has expired. */
  async touch() {
    if (this.#isFollowing && this.labels("granted").length > 0) await cookiesOf(this.#stores);
  }

  async #snapshot(shares) {
    const open = shares.filter((share) => !share.isDone && !share.queue);
    if (open.length === 0) return;
    const queues = new Map(open.map((share) => [share, []]));
    for (const [share, queue] of queues) {
      share.queue = queue;
      share.isStale = false;
    }
    const cookies = await cookiesOf(this.#stores);
    for (const [share, queue] of queues) {
      // Unless consent was taken back meanwhile, and perhaps given again.
      if (share.queue === queue) this.#tellAll(share, cookies);
    }
  }

  /** A snapshot, and what has changed while it was taken. */
  #tellAll(share, cookies) {
    const { queue } = share;
    share.queue = null;
    if (!this.#spend(share)) return;
    this.#tool.say({ type: "cookies", domain: share.domain, cookies: chosen(cookies, share.domain) });
    share.isDone = !this.#isFollowing;
    for (const change of queue) this.#tell(share, change);
  }

  #tell(share, change) {
    if (this.#spend(share)) this.#tool.say({ type: "cookie", domain: share.domain, ...change });
  }

  #spend(share) {
    if (this.#tool.spend()) return true;
    share.isStale = true;
    return false;
  }
}
