// Debian's Chromium, by playwright-core.
"use strict";

const { spawn } = require("node:child_process");
const { once } = require("node:events");
const { readFileSync, rmSync } = require("node:fs");
const path = require("node:path");
const { chromium } = require("playwright-core");

const EXTENSION = "bogldfhikhcefhmlmghkhkkhicnaaagb";
const LIMIT = 20000;
/** The popup's, in pixels. */
const WIDTH = 352;

const ARGUMENTS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--no-default-browser-check",
  "--remote-debugging-port=0",
];

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Chromium writes down which port it has. */
async function portOf(profile, child) {
  for (const end = Date.now() + LIMIT; Date.now() < end; await sleep(20)) {
    if (child.exitCode !== null) throw new Error(`chromium ended with ${child.exitCode}`);
    try {
      const [port] = readFileSync(path.join(profile, "DevToolsActivePort"), "utf8").split("\n");
      if (port) return port;
    } catch {}
  }
  throw new Error("chromium does not listen");
}

class Chromium {
  static async start({ profile, extension, env }) {
    rmSync(path.join(profile, "DevToolsActivePort"), { force: true });
    const options = [...ARGUMENTS, `--user-data-dir=${profile}`, `--load-extension=${extension}`, "about:blank"];
    const program = process.env.CHROMIUM ?? "/usr/bin/chromium";
    const child = spawn(program, options, { env: { ...process.env, ...env }, stdio: "ignore" });
    try {
      const browser = await chromium.connectOverCDP(`http://127.0.0.1:${await portOf(profile, child)}`);
      return new Chromium(child, browser);
    } catch (error) {
      child.kill("SIGKILL");
      throw error;
    }
  }

  constructor(child, browser) {
    this.child = child;
    this.pid = child.pid;
    this.browser = browser;
    [this.context] = browser.contexts();
    this.context.setDefaultTimeout(LIMIT);
    this.tabs = [];
  }

  async open({ url }) {
    const page = await this.context.newPage();
    await page.setViewportSize({ width: WIDTH, height: 600 });
    await page.goto(url);
    this.tabs.push(page);
    return this.tabs.length - 1;
  }

  popup() {
    return this.open({ url: `chrome-extension://${EXTENSION}/popup.html` });
  }

  script({ tab, text }) {
    return this.tabs[tab].evaluate(`(async () => { ${text} })()`);
  }

  /** {role, name, within: {role, name}} */
  #find({ tab, role, name, within }) {
    const root = within ? this.tabs[tab].getByRole(within.role, { name: within.name, exact: true }) : this.tabs[tab];
    return root.getByRole(role, name === undefined ? {} : { name, exact: true });
  }

  press(what) {
    return this.#find(what).click();
  }

  fill(what) {
    return this.#find(what).fill(what.text);
  }

  key({ tab, key }) {
    return this.tabs[tab].keyboard.press(key);
  }

  click({ tab, x, y }) {
    return this.tabs[tab].mouse.click(x, y);
  }

  settled({ tab }) {
    return this.tabs[tab].locator("#asks [aria-disabled]").first().waitFor({ state: "detached" });
  }

  /** Waits until the element is there (and has this text), or, with "gone", is not. */
  async wait(what) {
    try {
      await this.#wait(what);
    } catch (error) {
      error.stack += `\n${await this.tree(what)}`;
      throw error;
    }
  }

  async #wait(what) {
    const found = this.#find(what);
    if (what.gone) return found.waitFor({ state: "hidden" });
    if (what.text === undefined) return found.first().waitFor();
    const pattern = new RegExp(`^\\s*${what.text.replace(/[^\w\s]/g, "\\$&")}\\s*$`);
    return found.filter({ hasText: pattern }).first().waitFor();
  }

  /** {text, checked, focused} */
  read(what) {
    return this.#find(what).evaluate((element) => ({
      text: element.textContent.trim(),
      checked: element.checked ?? null,
      focused: document.activeElement === element,
    }));
  }

  /** Roles, names and texts of all that is there. */
  tree({ tab }) {
    return this.tabs[tab].locator("body").ariaSnapshot();
  }

  async screenshot({ tab, path, colors }) {
    const page = this.tabs[tab];
    await page.emulateMedia({ colorScheme: colors, reducedMotion: "reduce" });
    // As high as what it shows, which a popup is too.
    await page.setViewportSize({ width: WIDTH, height: 1 });
    const height = await page.evaluate("document.documentElement.scrollHeight");
    await page.setViewportSize({ width: WIDTH, height });
    await page.screenshot({ path });
  }

  /** As the browser does by itself when the worker seems idle. The popup would start it again, and must not be open. */
  async "stop background"() {
    const session = await this.browser.newBrowserCDPSession();
    const { targetInfos } = await session.send("Target.getTargets");
    const ours = ({ type, url }) => type === "service_worker" && url.startsWith(`chrome-extension://${EXTENSION}/`);
    await session.send("Target.closeTarget", { targetId: targetInfos.find(ours).targetId });
  }

  async "close tab"({ tab }) {
    await this.tabs[tab].close();
  }

  /** By the browser's own command: one that is ended by a signal may lose its newest cookies. */
  async close() {
    const session = await this.browser.newBrowserCDPSession();
    session.send("Browser.close").catch(() => {});
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, "exit");
  }

  end() {
    this.child.kill("SIGKILL");
  }
}

module.exports = Chromium;
