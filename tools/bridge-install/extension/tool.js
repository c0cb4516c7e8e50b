// One tool at the other end of the bridge: its sealed channel, its credit, and what it subscribed to.

import { Channel } from "./channel.js";
import { Requests } from "./requests.js";
import { Subscription } from "./subscription.js";

/** No tool has use for more credit than this. */
const MOST_CREDIT = 1e9;

/** How our tools are named. Another name could say something else than who asks: a sentence, for one. */
const NAME = /^[a-z][a-z0-9-]{0,23}$/;

/** The file name of a program, as the system has it. */
const PROGRAM = /^[\w.+-]{1,40}$/;

export class Tool {
  #number;
  #bridge;
  #channel = null;
  #cookies = null;
  #requests = null;
  #wantsState = false;
  #credit = 0;
  #leftOut = 0;
  /** Messages are sealed in the order in which they are said, and opened in the order in which they come. */
  #saying = Promise.resolve();
  #hearing = Promise.resolve();

  /** `bridge` posts envelopes, and knows the key, the consents and the switch. */
  constructor({ channel, name, pid, started, program }, bridge) {
    this.#number = channel;
    this.#bridge = bridge;
    /** What the tool says of itself; null where that is no name. */
    this.name = typeof name === "string" && NAME.test(name) ? name : null;
    // The bridge's word: it asks the system who is at the other end. Without it, consent is for this channel alone.
    const isKnown = Number.isInteger(pid) && typeof started === "string";
    this.pid = isKnown ? pid : null;
    this.program = isKnown && PROGRAM.test(program ?? "") ? program : null;
    /** Tells the process from all others, also from later ones of the same number. */
    this.identity = isKnown ? `${pid} ${started}` : `channel ${crypto.randomUUID()}`;
  }

  /** To whom consent is given: this program, in this process, also after the bridge or the browser was away. */
  get process() {
    return `${this.name ?? "?"} ${this.identity}`;
  }

  /** What the person is to answer: { of, domain, store }. */
  get asksFor() {
    return [...(this.#cookies?.questions() ?? []), ...(this.#requests?.questions() ?? [])];
  }

  /** The sites whose requests this tool captures now. */
  get captures() {
    return this.#requests?.labels("granted") ?? [];
  }

  get reads() {
    return this.#cookies?.labels("granted") ?? [];
  }

  /** An envelope of this channel. */
  hear(envelope) {
    this.#hearing = this.#hearing.then(() => this.#take(envelope)).catch((error) => {
      console.warn(`${this.process}:`, error);
      this.#bridge.close(this);
    });
  }

  async #take({ kind, message }) {
    if (kind === "noise" && !this.#channel) await this.#greet(message);
    else if (kind === "sealed" && this.#channel) this.#read(await this.#channel.open(message));
    else throw new Error(`a ${kind} message out of its time`);
  }

  async #greet(message) {
    const key = this.#bridge.key;
    const answered = key && (await Channel.answer(key, message).catch(() => null));
    if (!answered) return this.#bridge.keysDiffer(this);
    this.#channel = answered.channel;
    this.post({ kind: "noise", message: answered.answer });
    this.#bridge.keysAgree();
  }

  #read(message) {
    if (message === undefined) return;
    if (typeof message !== "object" || message === null) throw new TypeError("not an object");
    // Credit comes with every message that is taken, and changes nothing that anybody is shown.
    if (message.type === "credit") return this.#takeCredit(message.messages);
    if (message.type === "subscribe") this.#subscribe(message);
    else if (message.type === "unsubscribe") this.#unsubscribe();
    else if (message.type === "drain") this.#requests?.drain();
    this.#bridge.changed();
  }

  #takeCredit(messages) {
    if (!Number.isInteger(messages) || messages < 0) throw new RangeError("no credit");
    this.#credit = Math.min(this.#credit + messages, MOST_CREDIT);
    this.#requests?.pump();
    if (this.#credit === 0 || this.#leftOut === 0) return;
    this.say({ type: "dropped", count: this.#leftOut });
    this.#leftOut = 0;
    this.#cookies?.refresh();
  }

  #subscribe(message) {
    if (message.of === "status") {
      this.#wantsState = true;
      this.sayState();
    } else if (message.of === "cookies") {
      this.#cookies?.end();
      this.#cookies = new Subscription(message, this, this.#bridge.consents);
      this.#cookies.review();
    } else if (message.of === "requests") {
      this.#requests?.end();
      this.#requests = new Requests(message, this, this.#bridge.consents, this.#bridge.capture);
      this.#requests.review();
    }
  }

  #unsubscribe() {
    this.#cookies?.end();
    this.#cookies = null;
    this.#requests?.end();
    this.#requests = null;
    this.#wantsState = false;
  }

  sayState() {
    if (this.#wantsState) this.say(this.#bridge.state());
  }

  /** The person has said something. */
  review() {
    this.#cookies?.review();
    this.#requests?.review();
  }

  cookieChanged(change) {
    this.#cookies?.changed(change);
  }

  async touch() {
    await this.#cookies?.touch();
  }

  get hasCredit() {
    return this.#credit > 0;
  }

  /** Takes one of the tool's credit; without any left, counts what it does not get. */
  spend() {
    if (this.#credit > 0) {
      this.#credit -= 1;
      return true;
    }
    this.#leftOut += 1;
    return false;
  }

  /** Seals a message and sends it. */
  say(message) {
    this.#seal((channel) => channel.seal(message));
  }

  /** The same, of a message that is JSON already. */
  sayText(json) {
    this.#seal((channel) => channel.sealText(json));
  }

  #seal(seal) {
    this.#saying = this.#saying.then(async () => {
      if (!this.#channel) return;
      for await (const sealed of seal(this.#channel)) this.post({ kind: "sealed", message: sealed });
    }).catch((error) => {
      console.warn(`${this.process}:`, error);
      this.#bridge.close(this);
    });
  }

  /** Sends an envelope, now. */
  post(envelope) {
    this.#bridge.post({ ...envelope, channel: this.#number });
  }

  /** Tells nothing any more. */
  stop() {
    this.#unsubscribe();
  }

  /** Ends the channel with this envelope, after what was said before. */
  end(envelope) {
    this.stop();
    this.#saying = this.#saying.then(() => {
      this.post(envelope);
      this.#channel = null;
    });
  }
}
