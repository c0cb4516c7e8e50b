// Cookies as the browser's API gives them, in the shape that tools are told.

import { carries } from "./domain.js";

/** Firefox has a namespace of its own with this in it; Chromium has the namespace too by now, but not this. */
export const isFirefox = typeof globalThis.browser?.runtime?.getBrowserInfo === "function";

/** The store of ordinary windows; private windows and containers have others. */
export const DEFAULT_STORE = isFirefox ? "firefox-default" : "0";

/** A store's id, in whatever browser: it is shown and remembered. */
const STORE = /^[\w.-]{1,64}$/;

export function isStore(id) {
  return typeof id === "string" && STORE.test(id);
}

/** A store as people know it, after "in". */
export function storeName(id) {
  if (id === DEFAULT_STORE) return "ordinary windows";
  if (id === (isFirefox ? "firefox-private" : "1")) return "private windows";
  const container = /^firefox-container-(\d+)$/.exec(id);
  return container ? `container ${container[1]}` : `the cookie store ${id}`;
}

/** What every question says: partitioned cookies too, and in Firefox whatever first-party isolation is set to. */
const ALL = isFirefox ? { partitionKey: {}, firstPartyDomain: null } : { partitionKey: {} };

/** What leaves the browser of a cookie. */
function shape(cookie) {
  const { name, value, domain, hostOnly, path, secure, httpOnly, sameSite, session, storeId } = cookie;
  const shaped = { name, value, domain, hostOnly, path, secure, httpOnly, sameSite, session, storeId };
  if (cookie.expirationDate !== undefined) shaped.expirationDate = cookie.expirationDate;
  if (cookie.partitionKey) shaped.partitionKey = cookie.partitionKey;
  return shaped;
}

function isExpired({ expirationDate }) {
  return expirationDate !== undefined && expirationDate * 1000 <= Date.now();
}

async function cookiesIn(storeId) {
  try {
    return await chrome.cookies.getAll({ ...ALL, storeId });
  } catch (error) {
    // A store that is not there (a closed private window, a container that was removed) has no cookies.
    console.warn(`cookies of the store ${storeId}:`, error);
    return [];
  }
}

/**
 * All cookies of these stores, out of which `chosen` takes a domain's: a parent's are wanted too, and Firefox finds
 * none below a name that is a public suffix, `localhost` for one.
 *
 * Asking has an effect too: Chromium notices only then that a cookie has expired, and says so to whoever listens.
 */
export async function cookiesOf(stores) {
  return (await Promise.all(stores.map(cookiesIn))).flat();
}

/** Those that a request to the domain could carry. */
export function chosen(cookies, domain) {
  return cookies.filter((cookie) => carries(domain, cookie) && !isExpired(cookie)).map(shape);
}

/** One change out of the browser's event; null for the first half of a pair, in which a cookie gets a new value. */
export class Changes {
  #overwritten = new Set();

  read({ cookie, removed, cause }) {
    const identity = JSON.stringify([cookie.storeId, cookie.domain, cookie.path, cookie.name, cookie.partitionKey ?? null]);
    if (removed && cause === "overwrite") {
      this.#overwritten.add(identity);
      return null;
    }
    const isOverwrite = this.#overwritten.delete(identity) && !removed;
    return { cookie: shape(cookie), removed, cause: isOverwrite ? "overwrite" : cause };
  }
}
