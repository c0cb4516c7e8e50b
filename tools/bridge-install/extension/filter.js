// Which requests a tool asks for: the filters of `capture`. They are looked at here, so that nothing else leaves the
// browser. Repeats of one filter are alternatives; different filters must all hold.

import { isWithin, label, readSite } from "./domain.js";

/** Types that one browser has and the other has not, by the names that `capture` has for them. */
const TYPES = { beacon: "ping", imageset: "image", object_subrequest: "object", xslt: "stylesheet" };

const KNOWN_TYPES = new Set([
  ...["main_frame", "sub_frame", "stylesheet", "script", "image", "font", "object", "xmlhttprequest", "ping"],
  ...["csp_report", "media", "websocket"],
]);

/** With more questions than these, nobody would read them: then one asks for all. */
const MOST_QUESTIONS = 20;

/** Which consent stands for requests to whatever site. */
export const EVERYWHERE = "*";

/** A pattern for a whole URL: `*` stands for any text, every other character for itself. */
class Glob {
  #first;
  #middle;
  #last;

  constructor(text) {
    const parts = text.split("*");
    this.#first = parts[0];
    this.#last = parts.length > 1 ? parts.at(-1) : null;
    this.#middle = parts.slice(1, -1);
  }

  matches(url) {
    if (this.#last === null) return url === this.#first;
    if (!url.startsWith(this.#first)) return false;
    let at = this.#first.length;
    // The earliest place leaves the most text for the other parts: no other one has to be tried.
    for (const part of this.#middle) {
      const found = url.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return url.length - at >= this.#last.length && url.endsWith(this.#last);
  }
}

function texts(value) {
  return Array.isArray(value) ? value.filter((text) => typeof text === "string") : [];
}

export function typeOf(type) {
  const name = TYPES[type] ?? type;
  return KNOWN_TYPES.has(name) ? name : "other";
}

/** A WebSocket begins as a request of HTTP; that is how it is shown. What stands behind # is not sent. */
export function urlOf(url) {
  const [sent] = url.split("#", 1);
  return sent.startsWith("ws") ? sent.replace(/^ws/, "http") : sent;
}

/** A request, as far as it is known before its headers are. */
export function describe({ url, method, type, initiator, originUrl, documentUrl, tabId }) {
  const sent = urlOf(url);
  return {
    original: url.split("#", 1)[0],
    url: sent,
    scheme: sent.slice(0, sent.indexOf(":")),
    host: hostOf(sent),
    method,
    type: typeOf(type),
    initiator: initiator ?? originUrl ?? documentUrl ?? "",
    tabId,
  };
}

/** The host of a URL, without a dot at its end. */
export function hostOf(url) {
  return (URL.parse?.(url) ?? parse(url))?.hostname.replace(/\.$/, "") ?? "";
}

function parse(url) {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}

/** The one host that a pattern can match, as consent names it; null where there may be others. */
function hostOfGlob(text) {
  const found = /^(?:http|ws)(s?):\/\/([^/*?#@\\]+)\/./.exec(`${text}.`);
  if (!found) return null;
  const site = readSite({ scheme: `http${found[1]}`, name: hostOf(`http://${found[2]}/`) });
  return site && label(site);
}

export class Filter {
  #urls;
  #notUrls;
  #methods;
  #domains;
  #types;
  #tabs;
  #initiators;
  /** What the person is asked for: the sites that the filters let through, or EVERYWHERE. */
  scopes;

  constructor(given) {
    const filters = typeof given === "object" && given !== null ? given : {};
    const sites = (value) => (Array.isArray(value) ? value.map(readSite).filter(Boolean) : []);
    this.#urls = texts(filters.url).map((text) => new Glob(text));
    this.#notUrls = texts(filters["not-url"]).map((text) => new Glob(text));
    this.#methods = new Set(texts(filters.method).map((method) => method.toUpperCase()));
    this.#types = new Set(texts(filters.type));
    this.#tabs = texts(filters.tab).map((text) => new Glob(text));
    this.#domains = sites(filters.domain);
    this.#initiators = sites(filters.initiator);
    this.isImpossible = ["domain", "initiator"].some((name) => (filters[name]?.length ?? 0) > sites(filters[name]).length);
    this.scopes = this.#scopesOf(texts(filters.url));
  }

  #scopesOf(urls) {
    const named = this.#domains.length > 0 ? this.#domains.map(label) : urls.map(hostOfGlob);
    const scopes = [...new Set(named)];
    const areFew = scopes.length > 0 && scopes.length <= MOST_QUESTIONS && !scopes.includes(null);
    return areFew ? scopes : [EVERYWHERE];
  }

  /** Whether pages' addresses matter. */
  get needsTabs() {
    return this.#tabs.length > 0;
  }

  /** Whether a request passes; `pageOf` gives the address of the page in a tab. */
  accepts({ original, url, scheme, host, method, type, initiator, tabId }, pageOf) {
    const any = (globs, text) => globs.some((glob) => glob.matches(text));
    const anyUrl = (globs) => any(globs, url) || (original !== url && any(globs, original));
    const isOf = (sites, host, scheme) => sites.some((site) => isWithin(host, scheme, site));
    return (
      !this.isImpossible &&
      (this.#methods.size === 0 || this.#methods.has(method.toUpperCase())) &&
      (this.#domains.length === 0 || isOf(this.#domains, host, scheme)) &&
      (this.#types.size === 0 || this.#types.has(type)) &&
      (this.#urls.length === 0 || anyUrl(this.#urls)) &&
      !anyUrl(this.#notUrls) &&
      (this.#initiators.length === 0 || isOf(this.#initiators, hostOf(initiator), initiator.split(":", 1)[0])) &&
      (this.#tabs.length === 0 || any(this.#tabs, pageOf(tabId) ?? ""))
    );
  }
}
