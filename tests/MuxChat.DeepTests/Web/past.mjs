// A long past, and a reader who is not moved.

import { WireClient, enter, expect, expectEqual, linesOf, run, say, seesLine, startServer, until } from './browser.mjs';

const LINES = 5000;
const MAX_ROWS = 500;
const server = await startServer({ options: ['--flood', 'off', '--history', '10000'] });
const bob = new WireClient(server.port, '/nick bob', '/join #past');
await bob.sees('you are in #past');
bob.send(...Array.from({ length: LINES }, (_, i) => `line ${i}`), '/ping sent');
await bob.sees('* pong sent');

const frame = page => page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** The first line in sight and where it is. */
const inSight = page => page.evaluate(() => {
  const top = document.querySelector('#log').getBoundingClientRect().top;
  const line = [...document.querySelectorAll('#lines > .line')].find(one => one.getBoundingClientRect().bottom > top + 1);
  return { text: line.querySelector('.text').textContent, offset: Math.round(line.getBoundingClientRect().top - top) };
});

await run({
  'scrolling up reaches the beginning of 5,000 lines, with 500 rows at most, and down again the newest': async browser => {
    const page = await enter(browser, server.url, 'alice', '#past');
    await seesLine(page, `line ${LINES - 1}`);
    let most = 0;
    const seen = new Set();
    while (!await page.locator('#lines .start').count()) {
      await page.evaluate(() => document.querySelector('#log').scrollTop = 0);
      await frame(page);
      const { rows, texts } = await page.evaluate(() => ({
        rows: document.querySelector('#lines').childElementCount,
        texts: [...document.querySelectorAll('#lines > .line .text')].map(one => one.textContent),
      }));
      most = Math.max(most, rows);
      texts.forEach(text => seen.add(text));
    }
    expect(most <= MAX_ROWS, `${most} rows are drawn`);
    expectEqual(LINES, seen.size, 'the lines that were seen');
    expectEqual('This is the beginning of #past.', await page.textContent('#lines .start'), 'the beginning');
    await page.click('#newest');
    await seesLine(page, `line ${LINES - 1}`);
    const lines = await linesOf(page);
    expectEqual(Array.from({ length: lines.length }, (_, i) => `line ${LINES - lines.length + i}`), lines, 'the newest lines');
    expect(await page.isHidden('#newest'), 'the button to the newest is still there');
  },

  'a reader above the end is not moved by lines, by older lines, or by a smaller window': async browser => {
    const page = await enter(browser, server.url, 'alice', '#past');
    await seesLine(page, `line ${LINES - 1}`);
    for (let i = 0; i < 3; i++) {
      await page.evaluate(() => document.querySelector('#log').scrollTop = 900);
      await frame(page);
    }
    const before = await inSight(page);
    bob.send(...Array.from({ length: 50 }, (_, i) => `new ${i}`));
    await until(page, () => document.querySelector('#newest').textContent.startsWith('50 new lines'));
    expectEqual(before, await inSight(page), 'what is in sight after 50 lines');
    await page.setViewportSize({ width: 1280, height: 500 });
    await frame(page);
    expectEqual(before, await inSight(page), 'what is in sight in a smaller window');
    expect((await page.textContent('#rooms')).includes('50 new lines'), 'the lines below do not count as new');
    await page.click('#newest');
    await until(page, () => !document.querySelector('#rooms .badge'));
    await seesLine(page, 'new 49');
    // Another view and back: the place is kept.
    await page.evaluate(() => document.querySelector('#log').scrollTop = 900);
    await frame(page);
    await frame(page);
    const place = await inSight(page);
    await say(page, '/join #other');
    await until(page, () => document.querySelector('#name').textContent === '#other');
    await page.click('#rooms button:has-text("past")');
    await until(page, () => document.querySelector('#name').textContent === '#past');
    await frame(page);
    expectEqual(place.text, (await inSight(page)).text, 'what is in sight after a look at another room');
  },

  'joins and parts are one quiet line': async browser => {
    const page = await enter(browser, server.url, 'alice', '#quiet');
    const others = Array.from({ length: 30 }, (_, i) => new WireClient(server.port, `/nick user${i}`, '/join #quiet'));
    await until(page, () => document.querySelectorAll('.member').length === 31);
    await until(page, () => document.querySelectorAll('#lines > .quiet').length === 1);
    expect(/30 more joined|and 28 more joined|more joined/.test(await page.textContent('#lines summary')),
      await page.textContent('#lines summary'));
    others.forEach(one => one.end());
    await until(page, () => document.querySelectorAll('.member').length === 1);
    expectEqual(1, await page.locator('#lines > .quiet').count(), 'quiet lines');
    await page.click('#lines summary');
    await until(page, () => document.querySelectorAll('#lines details li').length === 61);
  },

  'after a reload the unread line is where the reader was': async browser => {
    const page = await enter(browser, server.url, 'alice', '#reload');
    bob.send('/join #reload', 'read');
    await seesLine(page, 'read');
    await until(page, () => localStorage.muxchat?.includes('#reload'));
    await page.goto('about:blank');
    bob.send('/ping away', 'unread one', 'unread two', '/ping said');
    await bob.sees('* pong said');
    await page.goto(server.url);
    expectEqual('alice', await page.inputValue('#nick'), 'the nick of the last visit');
    expectEqual('#reload', await page.inputValue('#first'), 'the room of the last visit');
    await page.click('#go');
    await seesLine(page, 'unread two');
    await page.waitForSelector('#lines .unread');
    expectEqual('unread one',
      await page.evaluate(() => document.querySelector('#lines .unread').nextElementSibling.querySelector('.text').textContent),
      'the first unread line');
    expectEqual(['nick', 'read', 'rooms'], await page.evaluate(() => Object.keys(JSON.parse(localStorage.muxchat)).sort()),
      'what is stored');
    expectEqual(1, await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length), 'stored items');
  },
});
