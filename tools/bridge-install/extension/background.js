// What runs while the browser does. Browsers stop it when it seems idle and start it anew for an event, so all listeners
// are there from the first moment on, and nothing that matters is kept here alone: an open bridge keeps it alive, and
// whoever was connected connects again.

import { Bridge } from "./bridge.js";
import { browserName } from "./browser.js";
import { Capture } from "./capture.js";
import { Consents } from "./consents.js";
import { Changes } from "./cookies.js";
import { isCustomSecret, keyOfSecret } from "./key.js";
import { Settings } from "./settings.js";
import { badge, view } from "./view.js";

const ALARM = "look after the bridge";
const EVERY_WEBSITE = { origins: ["*://*/*"] };

const settings = new Settings();
const consents = new Consents(settings);
const changes = new Changes();
const capture = new Capture();
const popups = new Set();

const ready = start();

async function start() {
  await settings.load();
  consents.hasAccess = await chrome.permissions.contains(EVERY_WEBSITE);
  const hello = {
    name: "countersign",
    version: chrome.runtime.getManifest().version,
    browser: await browserName(),
    profile: settings.get("profile"),
  };
  const bridge = new Bridge({ hello, settings, consents, capture, onChange: () => show(bridge) });
  bridge.connect();
  return { bridge, hello };
}

/** Does something when all is there. */
async function whenReady(work) {
  const { bridge } = await ready;
  await work(bridge);
}

/** Brings badge and popups up to date. */
function show(bridge) {
  ready.then(({ hello }) => {
    const shown = view({ bridge, settings, consents, hello });
    badge(shown);
    for (const popup of popups) popup.postMessage(shown);
  });
}

function reviewAll(bridge) {
  for (const tool of bridge.tools) tool.review();
  show(bridge);
}

chrome.cookies.onChanged.addListener((event) => {
  const change = changes.read(event);
  if (change) whenReady((bridge) => bridge.tools.forEach((tool) => tool.cookieChanged(change)));
});

chrome.alarms.create(ALARM, { periodInMinutes: 0.5 });
chrome.alarms.onAlarm.addListener(() =>
  whenReady(async (bridge) => {
    bridge.connect();
    if (bridge.peer && (await consents.sweep(bridge.tools.map(({ process }) => process)))) reviewAll(bridge);
    for (const tool of bridge.tools) await tool.touch();
  }),
);

// Browsers start the background for these; connecting is what it does anyway.
chrome.runtime.onStartup.addListener(() => {});
chrome.runtime.onInstalled.addListener(() => {});

function accessChanged() {
  whenReady(async (bridge) => {
    consents.hasAccess = await chrome.permissions.contains(EVERY_WEBSITE);
    reviewAll(bridge);
  });
}
chrome.permissions.onAdded.addListener(accessChanged);
chrome.permissions.onRemoved.addListener(accessChanged);

chrome.runtime.onConnect.addListener((popup) => {
  popups.add(popup);
  popup.onDisconnect.addListener(() => popups.delete(popup));
  popup.onMessage.addListener((message) => whenReady((bridge) => obey(bridge, message)));
  whenReady((bridge) => {
    bridge.connect();
    show(bridge);
  });
});

/** What a question or an answer is about. */
function subjectOf({ of = "cookies", domain, store }) {
  return { of, domain, store };
}

/** What the person does in the popup. */
async function obey(bridge, message) {
  switch (message.do) {
    case "decide": {
      const { answer, processes } = message;
      const subject = subjectOf(message);
      const isIt = (asked) => ["of", "domain", "store"].every((name) => asked[name] === subject[name]);
      const asks = (tool) => tool.asksFor.some(isIt);
      // Who came while the person read the question was not shown to them.
      const asking = bridge.tools.filter((tool) => processes.includes(tool.process) && asks(tool));
      await consents.decide(subject, answer, asking.map(({ process }) => process));
      return reviewAll(bridge);
    }
    case "remove":
      await consents.remove(subjectOf(message));
      return reviewAll(bridge);
    case "share":
      await settings.set({ sharing: message.sharing });
      return bridge.switched();
    case "save key":
      if (!isCustomSecret(message.secret)) return;
      await settings.set({ customKey: await keyOfSecret(message.secret) });
      return bridge.closeAll();
    case "remove key":
      await settings.set({ customKey: null });
      return bridge.closeAll();
  }
}
