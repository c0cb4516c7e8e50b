// Domains as people name them to tools: `example.com` with its subdomains, `https://example.com` that host alone.

/** Host names and addresses as they are in cookies: lower case, international ones in ASCII (RFC 5891). */
const NAME = /^(?=.{1,253}$)(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]|[0-9a-f:]+)$/;

/** An IP address: its numbers are no subdomains of one another. */
const ADDRESS = /^\d+(?:\.\d+){3}$|:/;

/** What stands before a host that is meant without its subdomains. */
const HOST_ALONE = /^https?:\/\//;

/** A domain out of a tool's message; null where it is none. A person must be able to trust what is asked for. */
export function readDomain(value) {
  const name = value?.name;
  return typeof name === "string" && NAME.test(name) ? { name, hostOnly: value.hostOnly === true } : null;
}

/** Where requests go, out of a tool's message: a domain with its subdomains, or with a scheme one host; null for neither. */
export function readSite(value) {
  const { name, scheme = null } = value ?? {};
  const isScheme = scheme === null || scheme === "http" || scheme === "https";
  return isScheme && typeof name === "string" && NAME.test(name) ? { name, scheme, hostOnly: scheme !== null } : null;
}

/** As consent is asked for it and remembered. */
export function label({ name, hostOnly, scheme = "https" }) {
  return hostOnly ? `${scheme}://${name}` : name;
}

/** Whether a request goes to a site. */
export function isWithin(host, scheme, site) {
  if (site.scheme !== null) return host === site.name && scheme === site.scheme;
  return host === site.name || isBelow(host, site.name);
}

/**
 * The domain, by its label, and all within which it lies, the nearest first: `https://a.example.com`, `a.example.com`,
 * `example.com`, `com`. Consent for one of these covers it; consent for what lies within it does not.
 */
export function* coverers(label) {
  yield label;
  let name = label;
  if (HOST_ALONE.test(label)) {
    name = label.replace(HOST_ALONE, "");
    yield name;
  }
  if (ADDRESS.test(name)) return;
  for (let dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".")) {
    name = name.slice(dot + 1);
    yield name;
  }
}

function isBelow(host, domain) {
  return host.endsWith(`.${domain}`) && !ADDRESS.test(host);
}

/** Whether a request to the domain could carry the cookie: a parent's Domain cookies are among them (RFC 6265, 5.1.3). */
export function carries({ name, hostOnly }, cookie) {
  const owner = cookie.domain.replace(/^\./, "");
  if (owner === name) return true;
  if (!cookie.hostOnly && isBelow(name, owner)) return true;
  return !hostOnly && isBelow(owner, name);
}
