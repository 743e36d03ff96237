// A snippet of the documentation in a page of Chromium: `node snippet.mjs ORIGIN < SNIPPET`. Prints what it logs.
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [origin] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage();
let status = 0;
page.on('console', (message) => console.log(message.text()));
page.on('pageerror', (error) => { console.error(error.message); status = 1; });
await page.goto(origin);
const ended = page.waitForFunction('globalThis.snippetDone');
await page.addScriptTag({ type: 'module', content: `${readFileSync(0, 'utf8')}\nglobalThis.snippetDone = true;` });
await Promise.race([ended, new Promise((_, fail) => { setTimeout(fail, 30000, new Error('the snippet did not end')); }),
  new Promise((done) => { page.on('pageerror', done); })]);
await browser.close();
process.exit(status);
