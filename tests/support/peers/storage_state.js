// Playwright: which cookies a page gets in a context that starts with a storage state.
//
//   node storage_state.js STATE URL...
//
// Prints the text of each page, a line each.
'use strict';

const { chromium } = require('playwright-core');

const main = async ([storageState, ...urls]) => {
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    const context = await browser.newContext({ storageState });
    const page = await context.newPage();
    for (const url of urls) {
        await page.goto(url);
        console.log((await page.textContent('body')).trim());
    }
    await browser.close();
};

main(process.argv.slice(2));
