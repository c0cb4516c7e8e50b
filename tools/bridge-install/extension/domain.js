// Domains as people name them to tools: `example.com` with its subdomains, `https://example.com` that host alone.

/** Host names and addresses as they are in cookies: lower case, international ones in ASCII (RFC 5891). */
const NAME = /^[a-z0-9._:[\]-]{1,253}$/;

/** A domain out of a tool's message; null where it is none. A person must be able to trust what is asked for. */
export function readDomain(value) {
  const name = value?.name;
  return typeof name === "string" && NAME.test(name) ? { name, hostOnly: value.hostOnly === true } : null;
}

/** As consent is asked for it and remembered. */
export function label({ name, hostOnly }) {
  return hostOnly ? `https://${name}` : name;
}

/** Whether a request to the domain could carry the cookie: a parent's Domain cookies are among them (RFC 6265, 5.1.3). */
export function carries({ name, hostOnly }, cookie) {
  const owner = cookie.domain.replace(/^\./, "");
  if (owner === name) return true;
  if (!cookie.hostOnly && name.endsWith(`.${owner}`)) return true;
  return !hostOnly && owner.endsWith(`.${name}`);
}
