// What there is to see, for the popup and for the badge.

import { DEFAULT_STORE, storeName } from "./cookies.js";
import { EVERYWHERE } from "./filter.js";
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

/** What a question or an answer is about: the cookies of a domain in a cookie store, or the requests to a domain. */
function about({ of, domain, store }) {
  const subject = { of, domain, store, isEverywhere: of === "requests" && domain === EVERYWHERE };
  if (of === "requests") return subject;
  return { ...subject, storeName: storeName(store), isDefaultStore: store === DEFAULT_STORE };
}

/** One question for each subject, whoever asks. */
function questions(tools) {
  const asks = new Map();
  for (const tool of tools) {
    const { name, pid, program, process } = tool;
    for (const subject of tool.asksFor) {
      const key = JSON.stringify(subject);
      if (!asks.has(key)) asks.set(key, { ...about(subject), isSuffix: isPublicSuffix(subject.domain), askers: new Map() });
      // A program may ask in several channels.
      asks.get(key).askers.set(process, { name, pid, program, process });
    }
  }
  return [...asks.values()].map((ask) => {
    const askers = [...ask.askers.values()];
    return { ...ask, askers, tool: [...new Set(askers.map(nameOf))].join(", ") };
  });
}

function shownTool(tool) {
  const captures = tool.captures.map((domain) => (domain === EVERYWHERE ? "every website" : domain));
  return { name: nameOf(tool), pid: tool.name === null ? null : tool.pid, reads: tool.reads, captures };
}

/** All that the popup shows. */
export function view({ bridge, settings, consents, hello }) {
  return {
    status: statusOf(bridge),
    problem: bridge.areKeysDifferent ? "keys differ" : bridge.problem,
    hasAccess: consents.hasAccess,
    sharing: settings.get("sharing"),
    asks: questions(bridge.tools),
    tools: bridge.tools.map(shownTool),
    shared: consents.list().map(({ answer, ...subject }) => ({ ...about(subject), answer })),
    hasCustomKey: settings.get("customKey") !== null,
    hello,
  };
}

/** What there is to say in a line: who asks, who captures, or the status. */
function titleOf({ asks: [first], tools, status }) {
  if (first) return `${first.tool} asks for ${first.isEverywhere ? "every website" : first.domain}`;
  const capturing = tools.filter(({ captures }) => captures.length > 0);
  const says = ({ name, captures }) => `${name} captures requests to ${captures.join(", ")}`;
  return capturing.length > 0 ? capturing.map(says).join("; ") : status;
}

/** How many questions wait for an answer, that something is wrong, or that requests are captured. */
export function badge(shown) {
  const { asks, status, tools } = shown;
  const isCapturing = tools.some(({ captures }) => captures.length > 0);
  const text = asks.length > 0 ? String(asks.length) : status === "Keys differ" ? "!" : isCapturing ? "REC" : "";
  chrome.action.setBadgeText({ text });
  chrome.action.setBadgeBackgroundColor({ color: asks.length > 0 ? "#b45309" : "#b91c1c" });
  chrome.action.setTitle({ title: `Countersign: ${titleOf(shown)}` });
}
