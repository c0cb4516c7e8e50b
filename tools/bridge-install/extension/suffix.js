// Names under which everybody has a domain: whoever may read all below one of them may read far more than a site's cookies.

import { RULES } from "./suffix-list.js";

let rules = null;

/**
 * Whether a domain, by its label, stands for the sites of many: a public suffix with all that is below it, or a name whose
 * subdomains all are such. A name without a dot that the list does not have (`localhost`) has one owner.
 */
export function isPublicSuffix(label) {
  rules ??= new Set(RULES.trim().split(/\s+/));
  if (label.includes("://") || rules.has(`!${label}`)) return false;
  return rules.has(label) || rules.has(`*.${label}`) || rules.has(`*.${label.slice(label.indexOf(".") + 1)}`);
}
