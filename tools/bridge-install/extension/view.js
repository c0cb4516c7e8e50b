// What there is to see, for the popup and for the badge.

import { DEFAULT_STORE, storeName } from "./cookies.js";
import { isPublicSuffix } from "./suffix.js";

/** "Connected", "Not connected" or "Keys differ". */
function statusOf(bridge) {
  if (!bridge.peer) return "Not connected";
  return bridge.areKeysDifferent ? "Keys differ" : "Connected";
}

/** How a program that asks is named: by its name, or by what the system says of it. */
export function nameOf({ name, pid, program }) {
  if (name !== null) return name;
  const known = [program, pid === null ? null : `pid ${pid}`].filter((word) => word !== null);
  return known.length > 0 ? `another program (${known.join(", ")})` : "another program";
}

/** What a question or an answer is about: every program that asks is named, and the cookie store. */
function about(domain, store) {
  return { domain, store, storeName: storeName(store), isDefaultStore: store === DEFAULT_STORE };
}

/** One question for each domain in a store, whoever asks. */
function questions(tools) {
  const asks = new Map();
  for (const tool of tools) {
    const { name, pid, program, process } = tool;
    for (const { domain, store } of tool.asksFor) {
      const key = `${domain} ${store}`;
      if (!asks.has(key)) asks.set(key, { ...about(domain, store), isSuffix: isPublicSuffix(domain), askers: new Map() });
      // A program may ask in several channels.
      asks.get(key).askers.set(process, { name, pid, program, process });
    }
  }
  return [...asks.values()].map((ask) => {
    const askers = [...ask.askers.values()];
    return { ...ask, askers, tool: [...new Set(askers.map(nameOf))].join(", ") };
  });
}

/** All that the popup shows. */
export function view({ bridge, settings, consents, hello }) {
  return {
    status: statusOf(bridge),
    problem: bridge.areKeysDifferent ? "keys differ" : bridge.problem,
    hasAccess: consents.hasAccess,
    sharing: settings.get("sharing"),
    asks: questions(bridge.tools),
    tools: bridge.tools.map((tool) => ({ name: nameOf(tool), pid: tool.name === null ? null : tool.pid, reads: tool.reads })),
    shared: consents.list().map(({ domain, store, answer }) => ({ ...about(domain, store), answer })),
    hasCustomKey: settings.get("customKey") !== null,
    hello,
  };
}

/** How many questions wait for an answer, or that something is wrong, at the extension's button. */
export function badge({ asks, status }) {
  const count = asks.length;
  const text = count > 0 ? String(count) : status === "Keys differ" ? "!" : "";
  const [first] = asks;
  const title = first ? `Countersign: ${first.tool} asks for ${first.domain}` : `Countersign: ${status}`;
  chrome.action.setBadgeText({ text });
  chrome.action.setBadgeBackgroundColor({ color: count > 0 ? "#b45309" : "#b91c1c" });
  chrome.action.setTitle({ title });
}
