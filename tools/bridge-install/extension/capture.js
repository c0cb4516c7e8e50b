// What the browser sends, as its webRequest API tells it, for the tools that asked for it and were allowed to have it.
// The browser is listened to only while there is such a tool.

import { toBase64 } from "./base64.js";
import { toCharacters } from "./bytes.js";
import { readBody, sizeOf } from "./body.js";
import { isFirefox } from "./cookies.js";
import { describe } from "./filter.js";

const EVERY_REQUEST = { urls: ["*://*/*", "ws://*/*", "wss://*/*"] };
const EXTRA = isFirefox ? [] : ["extraHeaders"];

/** How many requests are remembered at a time, and how many bytes of their bodies, before the oldest is given up. */
const MOST_REQUESTS = 20000;
const MOST_BYTES = 96 * 1024 * 1024;

/** A body up to this length is kept for a while after it was told. */
const KEPT = 4096;

/** What a header of the handshake of a WebSocket is, where the browser does not show it (RFC 6455, 4.1). */
const HANDSHAKE = [["Connection", "Upgrade"], ["Upgrade", "websocket"]];

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Bytes as text; null where they are none. */
function readText(bytes) {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

/** Characters that JSON escapes, so that base64 is shorter. */
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f]/;

/** Longer bodies are told in base64: a text of quotes would be twice as long in JSON, and the channel takes 96 MiB. */
const LONGEST_TEXT = 32 * 1024 * 1024;

/** The value of a header: bytes that are not UTF-8 are characters of those numbers. */
function valueOf({ value, binaryValue }) {
  const text = value ?? "";
  const isBytes = binaryValue !== undefined || (/[\x80-\xff]/.test(text) && !/[^\x00-\xff]/.test(text));
  if (!isBytes) return text.toWellFormed();
  const bytes = Uint8Array.from(binaryValue ?? [...text].map((character) => character.charCodeAt(0)));
  return readText(bytes) ?? toCharacters(bytes);
}

function pairs(headers) {
  return (headers ?? []).map((header) => [header.name, valueOf(header)]);
}

function headersOf({ requestHeaders }, { type }) {
  const headers = pairs(requestHeaders);
  if (type !== "websocket") return headers;
  const isUpgrade = headers.some(([name]) => name.toLowerCase() === "upgrade");
  return isUpgrade ? headers : [...headers.filter(([name]) => name.toLowerCase() !== "connection"), ...HANDSHAKE];
}

function bodyOf({ bytes, exactness }) {
  const text = bytes === null ? null : readText(bytes);
  const isText = text !== null && bytes.length <= LONGEST_TEXT && !CONTROLS.test(text);
  const body = bytes === null ? undefined : isText ? { text } : { base64: toBase64(bytes) };
  return { body, exactness };
}

/** One request on its way, or a hop of one that is redirected. */
class Exchange {
  number = null;
  sent = 0;
  begun = 0;
  /** Firefox tells of a request before it asks the server whether it may be sent at all (CORS). */
  held = null;

  constructor(what, given, listeners) {
    this.what = what;
    this.given = given;
    this.listeners = listeners;
    this.size = sizeOf(given);
  }
}

export class Capture {
  #exchanges = new Map();
  #bytes = 0;
  #pages = new Map();
  #listeners = new Map();
  #subscriptions = new Set();
  #wantsResponses = false;
  #numbers = 0;

  /** A subscription may have requests, or not any more. What it is told is told once the browser listens. */
  async set(subscription, isOpen) {
    if (isOpen) this.#subscriptions.add(subscription);
    else this.#subscriptions.delete(subscription);
    this.#listen();
    if (!isOpen) return;
    if (subscription.needsTabs) await this.#findPages();
    // Commands to the browser are carried out in their order: after this one, it listens.
    await chrome.permissions.contains({ permissions: ["webRequest"] });
  }

  #listen() {
    const isOpen = this.#subscriptions.size > 0;
    this.#wantsResponses = [...this.#subscriptions].some(({ wantsResponses }) => wantsResponses);
    const needsEnd = this.#wantsResponses || isFirefox;
    const extra = (...more) => [...more, ...EXTRA];
    this.#turn("onBeforeRequest", isOpen, (details) => this.#before(details), extra("requestBody"));
    this.#turn("onSendHeaders", isOpen, (details) => this.#send(details), extra("requestHeaders"));
    this.#turn("onErrorOccurred", isOpen, (details) => this.#fail(details), isFirefox ? undefined : EXTRA);
    this.#turn("onHeadersReceived", isOpen && needsEnd, (details) => this.#answered(details), extra("responseHeaders"));
    this.#turn("onBeforeRedirect", isOpen && needsEnd, (details) => this.#end(details), extra("responseHeaders"));
    this.#turn("onCompleted", isOpen && needsEnd, (details) => this.#end(details), extra("responseHeaders"));
    if (!isOpen) this.#forgetAll();
  }

  #turn(name, isOn, listener, extra) {
    const event = chrome.webRequest[name];
    if (isOn && !this.#listeners.has(name)) {
      this.#listeners.set(name, listener);
      if (extra) event.addListener(listener, EVERY_REQUEST, extra);
      else event.addListener(listener, EVERY_REQUEST);
    } else if (!isOn && this.#listeners.has(name)) {
      event.removeListener(this.#listeners.get(name));
      this.#listeners.delete(name);
    }
  }

  async #findPages() {
    for (const { id, url } of await chrome.tabs.query({})) if (url) this.#pages.set(id, url);
  }

  #before(details) {
    if (details.type === "main_frame") this.#pages.set(details.tabId, details.url);
    const what = describe(details);
    const listeners = [...this.#subscriptions].filter((subscription) => subscription.wants(what, (tab) => this.#pages.get(tab)));
    this.#forget(details.requestId);
    if (listeners.length > 0) this.#keep(details.requestId, new Exchange(what, details.requestBody, listeners));
  }

  #keep(id, exchange) {
    this.#exchanges.set(id, exchange);
    this.#bytes += exchange.size;
    for (const oldest of this.#exchanges.keys()) {
      if (this.#exchanges.size <= MOST_REQUESTS && this.#bytes <= MOST_BYTES) break;
      this.#forget(oldest);
    }
  }

  #forget(id) {
    const exchange = this.#exchanges.get(id);
    if (!exchange) return;
    this.#bytes -= exchange.size;
    this.#exchanges.delete(id);
  }

  #forgetAll() {
    this.#exchanges.clear();
    this.#pages.clear();
    this.#bytes = 0;
  }

  /** A request whose beginning was missed, or given up, has a body that nobody knows. */
  #found(details) {
    const known = this.#exchanges.get(details.requestId);
    if (known) return known;
    const what = describe(details);
    const listeners = [...this.#subscriptions].filter((subscription) => subscription.wants(what, (tab) => this.#pages.get(tab)));
    if (listeners.length === 0) return null;
    const mayHaveBody = details.method !== "GET" && details.method !== "HEAD";
    const exchange = new Exchange(what, mayHaveBody ? { error: "missed" } : null, listeners);
    this.#keep(details.requestId, exchange);
    return exchange;
  }

  #send(details) {
    const exchange = this.#found(details);
    if (!exchange) return;
    exchange.what.method = details.method;
    exchange.sent = details.timeStamp;
    exchange.begun = 0;
    this.#numbers += 1;
    exchange.number = this.#numbers;
    exchange.held = this.#request(exchange, details);
    if (!isFirefox || !this.#mayBeRefused(exchange)) this.#tell(exchange);
    // Nothing more is heard of it, unless the server asks for a password: then it is sent again.
    if (!this.#wantsResponses && !isFirefox && exchange.size > KEPT) this.#forget(details.requestId);
  }

  #request(exchange, details) {
    const { url, method, type } = exchange.what;
    const headers = headersOf(details, exchange.what);
    const body = bodyOf(readBody(exchange.given, method, headers));
    const number = exchange.number;
    return { kind: "request", number, time: details.timeStamp, method, url: url.toWellFormed(), headers, type, ...body };
  }

  #mayBeRefused({ what, held }) {
    if (what.type !== "xmlhttprequest" || what.method === "OPTIONS") return false;
    const header = (name) => held.headers.find(([known]) => known.toLowerCase() === name)?.[1];
    const origin = header("origin");
    return origin !== undefined && origin !== new URL(what.url).origin;
  }

  #tell(exchange) {
    if (!exchange.held) return;
    const text = JSON.stringify(exchange.held);
    exchange.held = null;
    for (const subscription of exchange.listeners) subscription.tell(exchange.what, text);
  }

  #answered(details) {
    const exchange = this.#exchanges.get(details.requestId);
    if (!exchange) return;
    this.#tell(exchange);
    if (exchange.begun === 0) exchange.begun = details.timeStamp;
    // A request that asks for a password is repeated, and its answer may be the last that is heard of it.
    if (details.statusCode === 401 || details.statusCode === 407) this.#respond(exchange, details, details.timeStamp);
  }

  #end(details) {
    const exchange = this.#exchanges.get(details.requestId);
    if (!exchange) return;
    this.#tell(exchange);
    this.#respond(exchange, details, details.timeStamp);
    this.#forget(details.requestId);
  }

  #fail(details) {
    const exchange = this.#exchanges.get(details.requestId);
    if (!exchange) return;
    // What the server has not allowed was not sent.
    if (!/NS_ERROR_DOM_BAD_URI|NS_ERROR_DOM_CORS/.test(details.error)) this.#tell(exchange);
    if (!exchange.held) this.#respond(exchange, details, details.timeStamp);
    this.#forget(details.requestId);
  }

  #respond(exchange, details, ended) {
    const subscriptions = exchange.listeners.filter(({ wantsResponses }) => wantsResponses);
    if (subscriptions.length === 0 || exchange.number === null) return;
    const { number, sent, begun } = exchange;
    const response = {
      ...{ kind: "response", number, wait: Math.max((begun || ended) - sent, 0), receive: begun ? ended - begun : 0 },
      ...{ status: details.statusCode ?? 0, line: (details.statusLine ?? "").toWellFormed(), headers: pairs(details.responseHeaders) },
      ...{ address: details.ip ?? undefined, error: details.error },
    };
    exchange.number = null;
    const text = JSON.stringify(response);
    for (const subscription of subscriptions) subscription.tell(exchange.what, text);
  }
}
