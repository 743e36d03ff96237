// The newsroom page in Chromium: `node run.mjs ONRECORD SCREENSHOTS`. Prints TAP.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import ICAL from 'ical.js';
import { chromium } from 'playwright-core';

const [onrecord, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDTHS = [360, 768, 1440];
let count = 0;
let bad = 0;

const ARTICLE = `Lighthouse to shine again

PORT ELM, March 17 – The town of Port Elm will reopen its lighthouse on May 1, Mayor Ida Roos said on Tuesday 🙂.

Roos promised to pay the keeper from June. Governor Anna Lund vowed to repair the pier by 2027.`;

function assert(truth, why) {
  if (!truth) throw new Error(why);
}

async function check(name, test) {
  count += 1;
  try {
    await test();
    console.log(`ok ${count} - ${name}`);
  } catch (error) {
    bad += 1;
    console.log(`not ok ${count} - ${name}`);
    console.log(String(error.message).split('\n').slice(0, 12).map((line) => `#   ${line}`).join('\n'));
  }
}

async function serve() {
  const server = spawn(onrecord, ['serve', '--listen', '127.0.0.1:0', '--admin-listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const line of createInterface({ input: server.stdout })) return { server, address: line.replace('listening on ', '') };
  throw new Error('the service did not start');
}

async function open(browser, address, options = {}) {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.foreign = [];
  page.errors = [];
  page.on('request', (r) => { if (!r.url().startsWith(address) && !/^(data|blob):/.test(r.url())) page.foreign.push(r.url()); });
  page.on('pageerror', (e) => page.errors.push(e.message));
  page.on('console', (m) => { if (m.type() === 'error' && !m.text().includes('422')) page.errors.push(m.text()); });
  await page.goto(address);
  return page;
}

async function read(page) {
  await page.fill('#text', ARTICLE);
  await page.fill('#published', '2026-03-17');
  await page.click('#run');
  await page.waitForSelector('.card');
}

async function violations(page) {
  await page.evaluate(`${axe}; undefined`);
  const found = await page.evaluate('axe.run()');
  return found.violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => `${v.id}: ${v.nodes[0].html} ${v.nodes[0].failureSummary}`);
}

async function atWidth(browser, address, width) {
  const page = await open(browser, address, { viewport: { width, height: 900 } });
  await check(`${width} px: cards and marks appear, in the order of their due dates`, async () => {
    await read(page);
    assert((await page.locator('mark.actor').count()) > 0 && (await page.locator('mark.date').count()) > 0, 'no marks');
    const cards = await page.locator('.card .what').allTextContents();
    assert(cards.length >= 3, `${cards.length} cards`);
    assert(cards[0].includes('reopen its lighthouse'), cards.join(' | '));
    assert((await page.locator('.line svg text').count()) > 1, 'no time line');
  });
  await check(`${width} px: marks stand where they should though an emoji stands before them`, async () => {
    const marks = await page.locator('mark.actor').allTextContents();
    assert(marks.includes('Roos') && marks.some((m) => m.includes('Anna Lund')), marks.join(' | '));
  });
  await check(`${width} px: nothing is wider than the screen`, async () => {
    const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    assert(wide <= 0, `${wide} px too wide`);
  });
  await check(`${width} px: a card leads to its sentence and back`, async () => {
    await page.locator('.card a').first().click();
    const sentence = await page.evaluate('document.activeElement.textContent');
    assert(sentence.includes('will reopen its lighthouse'), sentence);
    await page.locator('.sentence a.back').first().click();
    assert(await page.evaluate("document.activeElement.classList.contains('card')"), 'the card has no focus');
  });
  await check(`${width} px: axe finds nothing serious`, async () => {
    const found = await violations(page);
    assert(!found.length, found.join('\n'));
  });
  await page.screenshot({ path: `${pictures}/newsroom-${width}.png`, fullPage: true });
  await check(`${width} px: no request leaves the service, no script fails`, async () => {
    assert(!page.foreign.length, page.foreign.join(' '));
    assert(!page.errors.length, page.errors.join('\n'));
  });
  await page.context().close();
}

async function details(browser, address) {
  const page = await open(browser, address, { viewport: { width: 1440, height: 900 } });
  await read(page);
  await check('an actor filters the cards, and again shows all', async () => {
    const all = await page.locator('.card:visible').count();
    const lund = page.locator('.people button', { hasText: 'Anna Lund' });
    await lund.click();
    const some = await page.locator('.card:visible').count();
    assert(some > 0 && some < all, `${some} of ${all}`);
    await lund.click();
    assert((await page.locator('.card:visible').count()) === all, 'not all came back');
  });
  await check('the calendar downloads, and a calendar library reads it', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Download .ics')]);
    const text = readFileSync(await download.path(), 'utf8');
    const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
    assert(events.length >= 2, `${events.length} events`);
    assert(events[0].getFirstPropertyValue('dtstart').toString() === '2026-05-01', text);
    assert(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75), 'a line over 75 bytes');
  });
  await check('a URL that is not allowed is told in a sentence', async () => {
    await page.fill('#url', 'http://127.0.0.1/');
    await page.click('#run');
    await page.waitForSelector('#problem strong');
    const said = await page.textContent('#problem');
    assert(said.includes('may not be fetched') && said.includes('Paste'), said);
  });
  await page.context().close();

  await check('the example has a link of its own', async () => {
    const example = await open(browser, `${address}/#example`);
    await example.waitForSelector('.card');
    await example.context().close();
  });
  await check('hostile text stays text', async () => {
    const hostile = await open(browser, address);
    await hostile.fill('#text', 'Ann Lee <img src=x onerror="window.hit=1"> said Peru will <script>window.hit=1</script> pay by May 1.');
    await hostile.click('#run');
    await hostile.waitForSelector('.article');
    assert(!(await hostile.evaluate('window.hit')), 'a script ran');
    assert((await hostile.locator('.article img, .article script').count()) === 0, 'markup came through');
    await hostile.context().close();
  });
  await check('dark mode is readable', async () => {
    const dark = await open(browser, address, { colorScheme: 'dark' });
    await read(dark);
    const found = await violations(dark);
    await dark.screenshot({ path: `${pictures}/newsroom-dark.png`, fullPage: true });
    assert(!found.length, found.join('\n'));
    await dark.context().close();
  });
  await check('the keyboard alone does it', async () => {
    const keys = await open(browser, address);
    await keys.focus('#text');
    await keys.keyboard.insertText(ARTICLE);
    for (let i = 0; i < 8 && (await keys.evaluate('document.activeElement.id')) !== 'run'; i += 1) await keys.keyboard.press('Tab');
    await keys.keyboard.press('Enter');
    await keys.waitForSelector('.card');
    await keys.context().close();
  });
  await check('without scripts the form answers with a page', async () => {
    const plain = await open(browser, address, { javaScriptEnabled: false });
    await plain.fill('#text', `${ARTICLE} <b>"A" & B</b>`);
    await plain.click('#run');
    assert((await plain.locator('.card').count()) >= 3, 'no cards');
    assert((await plain.locator('.article b').count()) === 0, 'markup came through');
    assert((await plain.inputValue('#text')).includes('<b>"A" & B</b>'), 'the text is gone');
    await plain.context().close();
  });
}

mkdirSync(pictures, { recursive: true });
const { server, address } = await serve();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  for (const width of WIDTHS) await atWidth(browser, address, width);
  await details(browser, address);
} finally {
  await browser.close();
  server.kill();
}
console.log(`1..${count}`);
process.exit(bad ? 1 : 0);
