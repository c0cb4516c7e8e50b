// The browser's end of the bridge: the native-messaging host that relays to the tools, and who is there.

import { keyBytes } from "./key.js";
import { Tool } from "./tool.js";

const HOST = "countersign.bridge";
const VERSION = 1;
const MOST_TOOLS = 64;

/** Waits between attempts, in milliseconds; background.js goes on every half minute where this worker is stopped. */
const FIRST_WAIT = 250;
const LONGEST_WAIT = 5000;

/** Why there is no bridge, by what browsers say of it. Whatever they say else: it ended, or never ran. */
const PROBLEMS = [
  [/not found|No such native application/i, "missing"],
  [/forbidden|not allowed|does not have permission/i, "forbidden"],
];

export class Bridge {
  #hello;
  #settings;
  #onChange;
  #port = null;
  #wait = FIRST_WAIT;
  #timer = null;
  #bridgeKey = null;
  #tools = new Map();

  /** The bridge's own words about itself, once it is connected. */
  peer = null;
  /** null, or why there is no connection: "missing", "forbidden", "broken", "ended", "version". */
  problem = null;
  /** Whether the last tool that tried has another key. */
  areKeysDifferent = false;

  /** `hello` says who this browser is; `onChange` is called when there is something new to show. */
  constructor({ hello, settings, consents, capture, onChange }) {
    this.#hello = hello;
    this.#settings = settings;
    this.consents = consents;
    this.capture = capture;
    this.#onChange = onChange;
  }

  get tools() {
    return [...this.#tools.values()];
  }

  get key() {
    return keyBytes(this.#settings.get("customKey") ?? this.#bridgeKey ?? "");
  }

  /** Connects, unless it is. */
  connect() {
    if (this.#port) return;
    clearTimeout(this.#timer);
    const port = chrome.runtime.connectNative(HOST);
    this.#port = port;
    port.onMessage.addListener((envelope) => this.#receive(envelope));
    port.onDisconnect.addListener(() => this.#lost((port.error ?? chrome.runtime.lastError)?.message ?? ""));
    this.post({ kind: "hello", ...this.#hello });
  }

  #lost(said) {
    const [, problem] = PROBLEMS.find(([pattern]) => pattern.test(said)) ?? [null, this.peer ? "ended" : "broken"];
    if (this.problem !== "version") this.problem = problem;
    this.#port = null;
    this.peer = null;
    this.areKeysDifferent = false;
    this.#bridgeKey = null;
    for (const tool of this.tools) this.#forget(tool);
    this.#timer = setTimeout(() => this.connect(), this.#wait);
    this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT);
    this.#onChange();
  }

  /** Sends an envelope. Whoever is gone does not hear it. */
  post(envelope) {
    try {
      this.#port?.postMessage({ v: VERSION, ...envelope });
    } catch (error) {
      console.warn("bridge:", error);
    }
  }

  #receive(envelope) {
    const isOther = envelope?.v !== VERSION;
    if (isOther || (envelope.kind === "refused" && envelope.channel === 0)) return this.#refuse(isOther);
    if (envelope.kind === "hello") this.#greeted(envelope);
    else if (envelope.kind === "key") this.#bridgeKey = envelope.key;
    else if (envelope.kind === "open") this.#open(envelope);
    else this.#toTool(envelope);
  }

  #refuse(isOther) {
    if (isOther) this.post({ kind: "refused", channel: 0, reason: "version" });
    this.problem = "version";
    this.peer = null;
    this.#onChange();
  }

  #greeted(envelope) {
    this.peer = { version: String(envelope.version) };
    this.problem = null;
    this.#wait = FIRST_WAIT;
    this.consents.seesAll();
    this.#onChange();
  }

  #open(envelope) {
    const tool = new Tool(envelope, this);
    this.consents.sees(tool.process);
    if (!this.#settings.get("sharing")) return tool.post({ kind: "refused", reason: "off" });
    if (this.#tools.size >= MOST_TOOLS) return tool.post({ kind: "refused", reason: "busy" });
    this.#tools.set(envelope.channel, tool);
  }

  #toTool(envelope) {
    const tool = this.#tools.get(envelope.channel);
    if (!tool) return;
    if (envelope.kind === "noise" || envelope.kind === "sealed") return tool.hear(envelope);
    if (envelope.kind === "ended") return this.#ended(tool);
    if (envelope.kind !== "close" && envelope.kind !== "refused") return;
    if (envelope.reason === "keys differ") this.areKeysDifferent = true;
    this.#forget(tool);
    // The tool went by itself: with the last channel of a process, the process is over.
    if (!this.tools.some(({ process }) => process === tool.process)) this.consents.forget(tool.process);
    this.#onChange();
  }

  /** The process is gone, whoever still holds its sockets: what it was allowed Once ends with it. */
  #ended({ identity }) {
    for (const tool of this.tools.filter((tool) => tool.identity === identity)) {
      this.#forget(tool);
      this.consents.forget(tool.process);
    }
    this.#onChange();
  }

  #forget(tool) {
    tool.stop();
    for (const [channel, known] of this.#tools) if (known === tool) this.#tools.delete(channel);
  }

  /** Ends a tool's channel because something is wrong with it. */
  close(tool) {
    this.#forget(tool);
    tool.end({ kind: "close" });
    this.#onChange();
  }

  /** The key has changed: whoever is connected must show that it has the new one. */
  closeAll() {
    this.areKeysDifferent = false;
    for (const tool of this.tools) this.close(tool);
    this.#onChange();
  }

  keysDiffer(tool) {
    this.areKeysDifferent = true;
    this.#forget(tool);
    tool.end({ kind: "refused", reason: "keys differ" });
    this.#onChange();
  }

  keysAgree() {
    this.areKeysDifferent = false;
    this.#onChange();
  }

  /** The switch was moved. Off, every channel ends. */
  switched() {
    if (!this.#settings.get("sharing")) {
      for (const tool of this.tools) {
        tool.sayState();
        this.#forget(tool);
        tool.end({ kind: "refused", reason: "off" });
      }
    }
    this.#onChange();
  }

  /** What tools are told of this extension. */
  state() {
    return { type: "state", sharing: this.#settings.get("sharing"), version: this.#hello.version };
  }

  /** Something to show has changed. */
  changed() {
    this.#onChange();
  }
}
