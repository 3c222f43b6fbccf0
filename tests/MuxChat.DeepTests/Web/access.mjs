// The page for everyone: axe-core, the keyboard alone, a screen reader's live region, forced colours, a window of 320 pixels.

import {
  WireClient, enter, expect, expectAccessible, expectEqual, linesOf, openPage, run, say, seesLine, startServer, until
} from './browser.mjs';

const server = await startServer({ options: ['--flood', 'off'] });

async function lively(browser, room) {
  const page = await enter(browser, server.url, 'alice', room);
  const bob = new WireClient(server.port, '/nick bob', `/join ${room}`);
  const carol = new WireClient(server.port, '/nick carol', `/join ${room}`);
  await carol.sees('you are in');
  await until(page, () => document.querySelectorAll('.member').length === 3);
  await say(page, '/op carol');
  await say(page, '/topic a topic with https://example.org/');
  bob.send('hello', 'a second line with https://example.org/a', 'alice: a mention', '/me waves', 'مرحبا', '/away lunch');
  carol.send('/msg alice in private', '/join #elsewhere', '/part');
  await say(page, 'my own line');
  await say(page, '/kick nobody');
  await page.waitForSelector('#privates button');
  await page.waitForSelector('.note.error');
  return { page, bob, carol };
}

const LOOKS = [
  ['light', 1280], ['dark', 1280], ['light', 320], ['dark', 320],
].map(([colorScheme, width]) => ({ colorScheme, width, words: `${colorScheme}, ${width} wide` }));

async function onAllLooks(page, where, prepare = async () => {}, leave = async () => {}) {
  for (const { colorScheme, width, words } of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 720 });
    if (await prepare(width) !== false) {
      await expectAccessible(page, `${where}, ${words}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${where}: wider than the window, ${words}`);
    }
    await leave(width);
  }
}

await run({
  'axe finds nothing on the first screen': async browser => {
    const page = await openPage(browser, server.url);
    await onAllLooks(page, 'first screen');
    await page.fill('#nick', '1st');
    await page.keyboard.press('Enter');
    await onAllLooks(page, 'first screen with a problem');
  },

  'axe finds nothing in the chat, its lists, dialogs and marks': async browser => {
    const { page, bob, carol } = await lively(browser, '#axe');
    // A dozen people have all the colours.
    const others = Array.from({ length: 12 }, (_, i) =>
      new WireClient(server.port, `/nick other${i}`, '/join #axe', `alice: I am ${i}`, `I said ${i}`));
    await until(page, () => document.querySelectorAll('.member').length === 15 && document.querySelectorAll('.mention').length === 13);
    await onAllLooks(page, 'chat');
    await onAllLooks(page, 'completion', async () => {
      await page.fill('#text', '/');
      await page.press('#text', 'ArrowDown');
    }, () => page.fill('#text', ''));
    await onAllLooks(page, 'rooms', async width => width < 700 ? page.click('#open-side') : false, () => page.keyboard.press('Escape'));
    await onAllLooks(page, 'members', async width => width < 700 ? page.click('#open-members') : false,
      () => page.keyboard.press('Escape'));
    await onAllLooks(page, 'options', () => page.click('#open-options'), () => page.keyboard.press('Escape'));
    await onAllLooks(page, 'help', () => say(page, '/help'), () => page.keyboard.press('Escape'));
    await onAllLooks(page, 'browse', async () => {
      await say(page, '/rooms');
      await page.waitForSelector('#directory button');
    }, () => page.keyboard.press('Escape'));
    await page.evaluate(() => document.querySelector('#privates button').click());
    await onAllLooks(page, 'private view');
    others.forEach(one => one.end());
    bob.end();
    carol.end();
  },

  'axe finds nothing without a connection, with lines that were not confirmed': async browser => {
    const other = await startServer();
    const page = await enter(browser, other.url, 'alice', '#cut');
    await say(page, 'confirmed');
    await until(page, () => document.querySelector('.line') && !document.querySelector('.mine'));
    await other.kill();
    await page.waitForSelector('#banner:not([hidden])');
    await say(page, 'waits');
    await page.waitForSelector('.mine.waiting');
    await onAllLooks(page, 'no connection');
  },

  'everything goes with the keyboard alone': async browser => {
    const page = await openPage(browser, server.url);
    const keys = async (...all) => {
      for (const key of all) {
        await page.keyboard.press(key);
      }
    };
    const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());
    expectEqual('nick', await focused(), 'the focus at first');
    await page.keyboard.type('keys');
    await keys('Tab');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('#keys');
    await keys('Enter');
    await page.waitForSelector('#chat:not([hidden])');
    await until(page, () => document.activeElement.id === 'text');
    await page.keyboard.type('typed');
    await keys('Enter');
    await seesLine(page, 'typed');
    await page.keyboard.type('/join #second');
    await keys('Enter');
    await until(page, () => document.querySelector('#name').textContent === '#second');
    await keys('Alt+ArrowUp');
    await until(page, () => document.querySelector('#name').textContent === '#keys');
    await keys('ArrowUp', 'ArrowUp');
    expectEqual('typed', await page.inputValue('#text'), 'an earlier line');
    await keys('ArrowDown', 'ArrowDown');
    expectEqual('', await page.inputValue('#text'), 'back to an empty line');
    // Every button is reached, and its focus is seen.
    const reached = new Set();
    await page.evaluate(() => document.activeElement.blur());
    for (let i = 0; i < 30; i++) {
      await keys('Tab');
      reached.add(await focused());
      const seen = await page.evaluate(() => {
        const style = getComputedStyle(document.activeElement);
        return document.activeElement === document.body || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
      });
      expect(seen, `the focus on ${await focused()} is not seen`);
    }
    for (const wanted of ['#keys', '#second', 'add', 'open-options', 'log', 'text', 'send']) {
      expect(reached.has(wanted), `${wanted} is not reached: ${[...reached]}`);
    }
    await page.focus('#open-options');
    await keys('Enter');
    await until(page, () => document.querySelector('#options').matches(':popover-open'));
    await keys('Escape');
    expectEqual('text', await focused(), 'the focus after the options');
    await page.focus('#add');
    await keys('Enter');
    await page.waitForSelector('#browse[open]');
    await page.keyboard.type('#third');
    await keys('Enter');
    await until(page, () => document.querySelector('#name').textContent === '#third');
    await page.focus('#log');
    await page.keyboard.type('x');
    expectEqual('x', await page.inputValue('#text'), 'a letter typed on the lines');
  },

  'a screen reader hears each new line of the view once, and nothing of the past': async browser => {
    const bob = new WireClient(server.port, '/nick bob', '/join #spoken', 'the past');
    await bob.sees('you are in #spoken');
    const page = await enter(browser, server.url, 'alice', '#spoken');
    await seesLine(page, 'the past');
    await page.evaluate(() => {
      window.heard = [];
      window.batches = 0;
      new MutationObserver(changes => {
        window.batches++;
        changes.forEach(change => change.addedNodes.forEach(node => window.heard.push(node.textContent)));
      }).observe(document.querySelector('#live'), { childList: true });
    });
    bob.send('one', '/me two');
    await until(page, () => window.heard.includes('bob two'));
    bob.send(...Array.from({ length: 40 }, (_, i) => `many ${i}`));
    await until(page, () => window.heard.some(text => text.startsWith('and ')));
    const { heard, batches } = await page.evaluate(() => ({ heard: window.heard, batches: window.batches }));
    expectEqual(1, heard.filter(text => text === 'bob: one').length, 'a line that was heard');
    expect(!heard.some(text => text.includes('the past')), `the past was heard: ${heard}`);
    expect(heard.length <= 20 && batches <= 5, `${heard.length} lines in ${batches} batches`);
    expectEqual(42, (await linesOf(page)).length - 1, 'the lines that are seen');
    const roles = await page.evaluate(() => ({
      list: document.querySelector('#lines').tagName, live: document.querySelector('#log').closest('[aria-live]'),
      times: [...document.querySelectorAll('#lines time')].every(one => one.getAttribute('aria-hidden') === 'true'),
      named: [...document.querySelectorAll('button')].every(one => one.hidden || one.ariaLabel || one.textContent.trim()),
    }));
    expectEqual({ list: 'OL', live: null, times: true, named: true }, roles, 'the roles');
    bob.end();
  },

  'marks are more than colours, also with forced colours': async browser => {
    const { page, bob, carol } = await lively(browser, '#marks');
    await page.emulateMedia({ forcedColors: 'active' });
    const marks = await page.evaluate(() => ({
      mention: document.querySelector('.mention .unseen').textContent,
      border: getComputedStyle(document.querySelector('.mention')).borderInlineStartWidth,
      operators: document.querySelectorAll('.operators .sigil').length,
      away: document.querySelector('.member.away .small').textContent.trim(),
      error: document.querySelector('.note.error .text').textContent[0],
    }));
    expectEqual({ mention: 'Names you: ', border: '3px', operators: 2, away: 'away', error: '⚠' }, marks, 'the marks');
    bob.end();
    carol.end();
  },
});
