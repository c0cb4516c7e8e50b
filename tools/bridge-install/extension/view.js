// What there is to see, for the popup and for the badge.

/** "Connected", "Not connected" or "Keys differ". */
function statusOf(bridge) {
  if (!bridge.peer) return "Not connected";
  return bridge.areKeysDifferent ? "Keys differ" : "Connected";
}

/** All that the popup shows. */
export function view({ bridge, settings, consents, hello }) {
  const asks = new Map();
  for (const tool of bridge.tools) {
    for (const domain of tool.asksFor) if (!asks.has(domain)) asks.set(domain, { domain, tool: tool.name });
  }
  return {
    status: statusOf(bridge),
    problem: bridge.areKeysDifferent ? "keys differ" : bridge.problem,
    hasAccess: consents.hasAccess,
    sharing: settings.get("sharing"),
    asks: [...asks.values()],
    tools: bridge.tools.map((tool) => ({ name: tool.name, pid: tool.pid, reads: tool.reads })),
    shared: consents.list().map(([domain, answer]) => ({ domain, answer })),
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
