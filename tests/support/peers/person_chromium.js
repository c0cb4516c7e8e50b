// What a person does in a real browser: Debian's Chromium without a window, driven by playwright-core.
//
//   person_chromium.js accept|deny URL [USER_CODE]
//
// Says one JSON line on standard output, or in the file that $REPORT names where our tool has started it:
//   {"url", "title", "text", "history": [every address that the tab remembers]}
"use strict";

const { mkdtempSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { chromium } = require("playwright-core");

const [what, start, code] = process.argv.slice(2);
const LIMIT = 20000;
const LAST = /^(Signed in|Not signed in|Not taken|Sign-in Success)$/;
const ARGUMENTS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"];

/** One page: what there is to do on it, or nothing. */
async function step(page) {
  const click = async (selector) => {
    const moved = page.waitForEvent("framenavigated", { timeout: LIMIT });
    await page.click(selector);
    await moved;
    await page.waitForLoadState();
  };
  const has = async (selector) => (await page.locator(selector).count()) > 0;
  for (const no of ["a[href$='/abort']", "button[name=abort]"]) {
    if (what === "deny" && (await has(no))) {
      await click(no);
      return "denied";
    }
  }
  if (await has("input[name=login]")) {
    await page.fill("input[name=login]", "alice");
    await page.fill("input[name=password]", "anything");
  }
  if (await has("input[name=user_code]:not([type=hidden])")) await page.fill("input[name=user_code]", code);
  if (await has("button[type=submit]")) return click("button[type=submit] >> nth=0");
  // Ours moves on by itself: the script that hands the fragment over.
  return page.waitForFunction((last) => new RegExp(last).test(document.title), LAST.source, { timeout: LIMIT });
}

async function main() {
  const profile = mkdtempSync(join(tmpdir(), "person-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    ignoreHTTPSErrors: true,
    args: ARGUMENTS,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(LIMIT);
  await page.goto(start);
  for (let steps = 0; steps < 10 && !LAST.test(await page.title()); steps++) {
    if ((await step(page)) === "denied") break;
  }
  const session = await context.newCDPSession(page);
  const { entries } = await session.send("Page.getNavigationHistory");
  const report = {
    url: page.url(),
    title: await page.title(),
    text: await page.locator("body").innerText(),
    history: entries.map((entry) => entry.url),
  };
  await context.close();
  rmSync(profile, { recursive: true, force: true });
  if (process.env.REPORT) writeFileSync(process.env.REPORT, JSON.stringify(report));
  else process.stdout.write(`${JSON.stringify(report)}\n`);
}

main().catch((error) => {
  if (process.env.REPORT) writeFileSync(process.env.REPORT, JSON.stringify({ error: String(error) }));
  console.error(error);
  process.exit(1);
});
