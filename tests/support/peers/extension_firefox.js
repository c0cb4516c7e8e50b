// Firefox, by its own remote protocol Marionette (Mozilla's source documentation, "Marionette protocol"): frames of a
// length, a colon and JSON.
"use strict";

const { spawn } = require("node:child_process");
const { once } = require("node:events");
const { readFileSync, rmSync, writeFileSync } = require("node:fs");
const net = require("node:net");
const path = require("node:path");

const LIMIT = 20000;
/** Firefox makes up an address for each installation, unless it is told. */
const ADDRESS = "5f1f2e5a-6c1b-4b0e-9a57-0c0f4e5b9d11";
/** WebDriver's characters for keys that have none. */
const KEYS = { Tab: "\uE004", Enter: "\uE007" };
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

const PREFERENCES = {
  "extensions.webextensions.uuids": JSON.stringify({ "countersign@countersign.invalid": ADDRESS }),
  // What a temporary add-on has stored is there again when it is installed again.
  "extensions.webextensions.keepStorageOnUninstall": true,
  "extensions.webextensions.keepUuidOnUninstall": true,
  // Permissions that the extension asks for are given: the question is no part of a page.
  "extensions.webextOptionalPermissionPrompts": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.page": 0,
  "datareporting.policy.dataSubmissionEnabled": false,
  "app.update.disabledForTesting": true,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "marionette.port": 0,
  // Three thousand, where nobody says otherwise.
  "network.cookie.maxNumber": 20000,
};

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

class Marionette {
  #socket;
  #pending = Buffer.alloc(0);
  #answers = new Map();
  #number = 0;

  static async connect(port) {
    const socket = net.connect(port, "127.0.0.1");
    await once(socket, "connect");
    return new Marionette(socket);
  }

  constructor(socket) {
    this.#socket = socket;
    socket.on("data", (chunk) => this.#take(chunk));
    socket.on("error", () => {});
    socket.on("close", () => {
      for (const { reject } of this.#answers.values()) reject(new Error("Firefox is gone"));
    });
  }

  #take(chunk) {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    for (;;) {
      const colon = this.#pending.indexOf(":");
      const length = Number(this.#pending.subarray(0, Math.max(colon, 0)));
      if (colon < 1 || this.#pending.length < colon + 1 + length) return;
      const message = JSON.parse(this.#pending.subarray(colon + 1, colon + 1 + length));
      this.#pending = this.#pending.subarray(colon + 1 + length);
      // The first one says who speaks.
      if (Array.isArray(message)) this.#answer(message);
    }
  }

  #answer([, number, error, value]) {
    const { resolve, reject } = this.#answers.get(number);
    this.#answers.delete(number);
    if (error) reject(new Error(`${error.error}: ${error.message}`));
    else resolve(value?.value === undefined ? value : value.value);
  }

  send(command, parameters = {}) {
    this.#number += 1;
    const text = JSON.stringify([0, this.#number, command, parameters]);
    this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    return new Promise((resolve, reject) => this.#answers.set(this.#number, { resolve, reject }));
  }
}

/** Firefox writes down which port it has. */
async function portOf(profile, child) {
  for (const end = Date.now() + LIMIT; Date.now() < end; await sleep(20)) {
    if (child.exitCode !== null) throw new Error(`firefox ended with ${child.exitCode}`);
    try {
      const port = Number(readFileSync(path.join(profile, "MarionetteActivePort"), "utf8"));
      if (port > 0) return port;
    } catch {}
  }
  throw new Error("firefox does not listen");
}

class Firefox {
  static async start({ profile, extension, env }) {
    const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
    writeFileSync(path.join(profile, "user.js"), `${lines.join("\n")}\n`);
    rmSync(path.join(profile, "MarionetteActivePort"), { force: true });
    const program = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
    const options = ["--headless", "--no-remote", "--marionette", "--remote-allow-system-access", "--profile", profile];
    const child = spawn(program, options, { env: { ...process.env, ...env }, stdio: "ignore" });
    try {
      const marionette = await Marionette.connect(await portOf(profile, child));
      await marionette.send("WebDriver:NewSession", {});
      await marionette.send("Addon:Install", { path: extension, temporary: true });
      return new Firefox(child, marionette);
    } catch (error) {
      child.kill("SIGKILL");
      throw error;
    }
  }

  constructor(child, marionette) {
    this.child = child;
    this.marionette = marionette;
    this.pid = child.pid;
    this.tabs = [];
  }

  async open({ url }) {
    const { handle } = await this.marionette.send("WebDriver:NewWindow", { type: "tab" });
    this.tabs.push(handle);
    await this.#select(this.tabs.length - 1);
    await this.marionette.send("WebDriver:Navigate", { url });
    return this.tabs.length - 1;
  }

  /** Pages of extensions are for the browser's own code to open. */
  async popup() {
    const before = await this.marionette.send("WebDriver:GetWindowHandles");
    await this.#chrome(
      "gBrowser.selectedTab = gBrowser.addTrustedTab(arguments[0], { triggeringPrincipal: Services.scriptSecurityManager.getSystemPrincipal() });",
      [`moz-extension://${ADDRESS}/popup.html`],
    );
    const after = await this.marionette.send("WebDriver:GetWindowHandles");
    this.tabs.push(after.find((handle) => !before.includes(handle)));
    return this.tabs.length - 1;
  }

  /** As the browser does by itself when the background seems idle. */
  async "stop background"() {
    const stop = "WebExtensionPolicy.getByHostname(arguments[0]).extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });";
    await this.#chrome(`return ${stop}`, [ADDRESS]);
  }

  async "close tab"({ tab }) {
    await this.#select(tab);
    const [other] = await this.marionette.send("WebDriver:CloseWindow");
    await this.marionette.send("WebDriver:SwitchToWindow", { handle: other });
  }

  async #chrome(script, args) {
    await this.marionette.send("Marionette:SetContext", { value: "chrome" });
    try {
      return await this.marionette.send("WebDriver:ExecuteScript", { script, args });
    } finally {
      await this.marionette.send("Marionette:SetContext", { value: "content" });
    }
  }

  #select(tab) {
    return this.marionette.send("WebDriver:SwitchToWindow", { handle: this.tabs[tab] });
  }

  async script({ tab, text }) {
    await this.#select(tab);
    const script = `const done = arguments[0]; (async () => { ${text} })().then(done, (error) => done(String(error)))`;
    return this.marionette.send("WebDriver:ExecuteAsyncScript", { script, args: [] });
  }

  async #candidates(root) {
    const parameters = { using: "css selector", value: "button, input, ul, li, h1, h2, p, span, [role]", ...root };
    return this.marionette.send("WebDriver:FindElements", parameters);
  }

  /** Elements that are seen, by the role and the name that Firefox works out for assistive technology. */
  async #all({ tab, role, name, text, within }) {
    await this.#select(tab);
    const roots = within ? (await this.#all({ tab, ...within })).map((element) => ({ element: element[ELEMENT] })) : [{}];
    const found = [];
    for (const root of roots) {
      for (const element of await this.#candidates(root)) {
        const id = { id: element[ELEMENT] };
        if ((await this.marionette.send("WebDriver:GetComputedRole", id)) !== role) continue;
        if (name !== undefined && (await this.marionette.send("WebDriver:GetComputedLabel", id)) !== name) continue;
        if (!(await this.marionette.send("WebDriver:IsElementDisplayed", id))) continue;
        if (text !== undefined && (await this.#textOf(id)) !== text) continue;
        found.push(element);
      }
    }
    return found;
  }

  async #textOf(id) {
    return (await this.marionette.send("WebDriver:GetElementProperty", { ...id, name: "textContent" })).trim();
  }

  async #find(what) {
    let problem = "not found";
    for (const end = Date.now() + LIMIT; Date.now() < end; await sleep(20)) {
      try {
        const found = await this.#all(what);
        if ((found.length > 0) !== Boolean(what.gone)) return { id: found[0]?.[ELEMENT] };
      } catch (error) {
        // What was looked at may go while it is looked at.
        problem = error.message;
      }
    }
    await this.#select(what.tab);
    const shown = await this.marionette.send("WebDriver:ExecuteScript", { script: "return document.body.innerText", args: [] });
    throw new Error(`${JSON.stringify(what)}: ${problem} in\n${shown}`);
  }

  async press(what) {
    // A question that is not there yet has not begun to settle.
    await this.#find(what);
    await this.settled(what);
    await this.marionette.send("WebDriver:ElementClick", await this.#find(what));
  }

  async click({ tab, x, y }) {
    await this.#select(tab);
    const moves = [{ type: "pointerMove", x, y, origin: "viewport", duration: 0 }];
    const presses = [{ type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }];
    const parameters = { pointerType: "mouse" };
    const actions = [{ type: "pointer", id: "mouse", parameters, actions: [...moves, ...presses] }];
    await this.marionette.send("WebDriver:PerformActions", { actions });
  }

  async key({ tab, key }) {
    await this.#select(tab);
    const value = KEYS[key] ?? key;
    const actions = [{ type: "key", id: "keys", actions: [{ type: "keyDown", value }, { type: "keyUp", value }] }];
    await this.marionette.send("WebDriver:PerformActions", { actions });
  }

  async settled({ tab }) {
    const text = 'return document.querySelector("#asks [aria-disabled]") === null';
    for (const end = Date.now() + LIMIT; !(await this.script({ tab, text })); await sleep(20)) {
      if (Date.now() > end) throw new Error("the questions do not come to rest");
    }
  }

  async fill(what) {
    const { text, ...which } = what;
    const id = await this.#find(which);
    await this.marionette.send("WebDriver:ElementClear", id);
    await this.marionette.send("WebDriver:ElementSendKeys", { ...id, text });
  }

  async wait(what) {
    await this.#find(what);
  }

  async read(what) {
    const id = await this.#find(what);
    const checked = await this.marionette.send("WebDriver:GetElementProperty", { ...id, name: "checked" });
    return { text: await this.#textOf(id), checked: typeof checked === "boolean" ? checked : null };
  }

  async close() {
    await this.marionette.send("Marionette:Quit", { flags: ["eAttemptQuit"] });
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, "exit");
  }

  end() {
    this.child.kill("SIGKILL");
  }
}

module.exports = Firefox;
