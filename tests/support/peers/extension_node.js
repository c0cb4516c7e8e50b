// The extension's background in a browser that is not one: Node.js with the few parts of the browsers' API that it
// uses, and the real bridge. Driven by lines, each a command in JSON, each answered by a line.
//
//   node extension_node.js EXTENSION BRIDGE ORIGIN STORAGE
//
//   {"do":"set","cookie":{…}} or a list of them; {"do":"remove","cookie":{…}}
//   {"do":"obey","message":{…}}       what the popup says
//   {"do":"answer","domain":…,"answer":…,"store":…}  presses a button of a question, once it is there, for who is shown
//   {"do":"view"}                     what the popup shows, once there is a view that has what "until" has
//   {"do":"bridge","says":{…}}        an envelope, as if the bridge had sent it
//   {"do":"alarm"} {"do":"kill bridge"} {"do":"badge"}
"use strict";

const { spawn } = require("node:child_process");
const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const path = require("node:path");
const readline = require("node:readline");
const { pathToFileURL } = require("node:url");
const { isDeepStrictEqual } = require("node:util");

const [extension, bridge, origin, storage] = process.argv.slice(2);

class Listeners {
  #all = [];
  addListener(listener) {
    this.#all.push(listener);
  }
  call(...values) {
    for (const listener of this.#all) listener(...values);
  }
}

let bridgeProcess = null;
let bridgePort = null;

/** As browsers have it: a host process, its frames, and what is said when it ends. */
function connectNative() {
  const port = { onMessage: new Listeners(), onDisconnect: new Listeners() };
  const child = spawn(bridge, [origin], { stdio: ["pipe", "pipe", "inherit"] });
  bridgeProcess = child;
  bridgePort = port;
  let pending = Buffer.alloc(0);
  child.stdout.on("data", (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 4 && pending.length >= 4 + pending.readUInt32LE(0)) {
      const end = 4 + pending.readUInt32LE(0);
      const text = pending.subarray(4, end).toString();
      pending = pending.subarray(end);
      port.onMessage.call(JSON.parse(text));
    }
  });
  let isOver = false;
  const over = (message) => {
    if (isOver) return;
    isOver = true;
    chrome.runtime.lastError = { message };
    port.onDisconnect.call(port);
    chrome.runtime.lastError = undefined;
  };
  child.on("error", () => over("Specified native messaging host not found."));
  child.on("close", () => over("Native host has exited."));
  child.stdin.on("error", () => {});
  port.postMessage = (message) => {
    if (isOver) throw new Error("Attempting to use a disconnected port object");
    const text = Buffer.from(JSON.stringify(message));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(text.length);
    child.stdin.write(Buffer.concat([length, text]));
  };
  return port;
}

const cookies = new Map();
const identity = (cookie) =>
  JSON.stringify([cookie.storeId, cookie.domain, cookie.path, cookie.name, cookie.partitionKey ?? null]);
const onChanged = new Listeners();

function whole(cookie) {
  const defaults = { value: "", path: "/", secure: false, httpOnly: false, sameSite: "unspecified", storeId: "0" };
  const hostOnly = !cookie.domain.startsWith(".");
  return { ...defaults, hostOnly, session: cookie.expirationDate === undefined, ...cookie };
}

function set(cookie) {
  const before = cookies.get(identity(cookie));
  if (before) onChanged.call({ cookie: before, removed: true, cause: "overwrite" });
  cookies.set(identity(cookie), cookie);
  onChanged.call({ cookie, removed: false, cause: "explicit" });
}

function remove(cookie, cause) {
  const before = cookies.get(identity(cookie));
  cookies.delete(identity(cookie));
  onChanged.call({ cookie: before, removed: true, cause });
}

async function getAll({ storeId, partitionKey }) {
  if (!partitionKey) throw new Error("partitioned cookies would be left out");
  if (!["0", "1", "2"].includes(storeId)) throw new Error(`Invalid cookie store id: "${storeId}".`);
  return structuredClone([...cookies.values()].filter((cookie) => cookie.storeId === storeId));
}

const badge = {};
const onConnect = new Listeners();
const onAlarm = new Listeners();
const stored = () => (existsSync(storage) ? JSON.parse(readFileSync(storage)) : {});

globalThis.navigator ??= {};
globalThis.chrome = {
  runtime: {
    connectNative,
    onConnect,
    onStartup: new Listeners(),
    onInstalled: new Listeners(),
    getManifest: () => JSON.parse(readFileSync(path.join(extension, "manifest.json"))),
  },
  storage: {
    local: {
      get: async (names) => Object.fromEntries(Object.entries(stored()).filter(([name]) => names.includes(name))),
      set: async (values) => writeFileSync(storage, JSON.stringify({ ...stored(), ...values })),
    },
  },
  cookies: { getAll, onChanged },
  alarms: { create: () => {}, onAlarm },
  permissions: { contains: async () => true, onAdded: new Listeners(), onRemoved: new Listeners() },
  action: {
    setBadgeText: ({ text }) => (badge.text = text),
    setBadgeBackgroundColor: () => {},
    setTitle: ({ title }) => (badge.title = title),
  },
};

/** The popup. */
const views = [];
const waiting = [];
const popup = {
  onMessage: new Listeners(),
  onDisconnect: new Listeners(),
  postMessage: (view) => {
    views.push(structuredClone(view));
    for (const wake of waiting.splice(0)) wake();
  },
};

/** Whether a value has all that another has: members of objects, all items of lists. */
function has(value, wanted) {
  if (typeof wanted !== "object" || wanted === null) return isDeepStrictEqual(value, wanted);
  if (typeof value !== "object" || value === null || Array.isArray(value) !== Array.isArray(wanted)) return false;
  if (Array.isArray(wanted) && wanted.length !== value.length) return false;
  return Object.keys(wanted).every((name) => has(value[name], wanted[name]));
}

/** What a test finds in the newest view, waited for. */
async function await_(find) {
  for (;;) {
    const found = views.length > 0 ? find(views.at(-1)) : undefined;
    if (found) return found;
    await new Promise((resolve) => waiting.push(resolve));
  }
}

/** The person reads a question and presses: the answer is for who is shown. */
async function answer({ domain, answer, store = "0" }) {
  const ask = await await_(({ asks }) => asks.find((ask) => ask.domain === domain && ask.store === store));
  const processes = ask.askers.map(({ process }) => process);
  popup.onMessage.call({ do: "decide", domain, store, answer, processes });
}

async function obey(command) {
  if (command.do === "set") for (const cookie of [command.cookie].flat()) set(whole(cookie));
  else if (command.do === "remove") remove(whole(command.cookie), "expired_overwrite");
  else if (command.do === "obey") popup.onMessage.call(command.message);
  else if (command.do === "alarm") onAlarm.call({});
  else if (command.do === "kill bridge") bridgeProcess.kill("SIGKILL");
  else if (command.do === "badge") return badge;
  else if (command.do === "view") return await_((shown) => has(shown, command.until ?? {}) && shown);
  else if (command.do === "answer") await answer(command);
  else if (command.do === "bridge") bridgePort.onMessage.call({ v: 1, ...command.says });
  else throw new Error(`unknown: ${command.do}`);
  return null;
}

async function main() {
  await import(pathToFileURL(path.join(extension, "background.js")));
  onConnect.call(popup);
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const outcome = await obey(JSON.parse(line));
    process.stdout.write(`${JSON.stringify(outcome)}\n`);
  }
  bridgeProcess.stdin.end();
  process.exit(0);
}

main();
