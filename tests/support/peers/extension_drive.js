// A real browser with the extension, driven by lines: each line of standard input is a command in JSON, each line of
// standard output its outcome: {"ok": …} or {"error": "…"}. Elements are found by accessibility role and name.
//
//   {"do":"start","browser":"chromium"|"firefox","profile":DIR,"extension":DIR,"env":{…}}
//   {"do":"open","url":…}                a tab; {"do":"popup"} one with the extension's popup. Gives its number
//   {"do":"script","tab":N,"text":…}     what a function body returns there
//   {"do":"press"|"read","tab":N,"role":…,"name":…,"within":{"role":…,"name":…}}
//   {"do":"fill",…,"text":…}
//   {"do":"wait",…,"text":…,"gone":true} until it is there, with this text; or gone
//   {"do":"key","tab":N,"key":…}         "Tab", "Enter" or " "
//   {"do":"click","tab":N,"x":…,"y":…}   with the mouse, whatever is there
//   {"do":"settled","tab":N}             until every button of every question does something
//   {"do":"tree"|"screenshot",…}         Chromium alone
//   {"do":"stop background"}             what runs of the extension; {"do":"close tab","tab":N}
//   {"do":"close"}                       the browser, in good order
//
// The browser goes with the end of the input.
"use strict";

const readline = require("node:readline");

const kinds = { chromium: () => require("./extension_chromium.js"), firefox: () => require("./extension_firefox.js") };

let browser = null;

async function obey(command) {
  if (command.do === "start") {
    const Kind = kinds[command.browser]();
    browser = await Kind.start(command);
    return { pid: browser.pid };
  }
  if (typeof browser?.[command.do] !== "function") throw new Error(`unknown: ${command.do}`);
  return browser[command.do](command);
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    let outcome;
    try {
      outcome = { ok: (await obey(JSON.parse(line))) ?? null };
    } catch (error) {
      outcome = { error: error.stack ?? String(error) };
    }
    process.stdout.write(`${JSON.stringify(outcome)}\n`);
  }
  browser?.end();
  process.exit(0);
}

main();
