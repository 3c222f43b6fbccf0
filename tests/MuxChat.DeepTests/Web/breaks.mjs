// Breaks: the connection is cut in every way, and the server is killed. No line is lost, none is shown twice.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Relay, WireClient, enter, expect, expectEqual, linesOf, run, say, seesLine, startServer, until } from './browser.mjs';

const server = await startServer({ options: ['--flood', 'off', '--history', '2000'] });
const isOffline = page => until(page, () => !document.querySelector('#banner').hidden);
const isBack = page => until(page, () => document.querySelector('#banner').hidden && document.querySelector('#dot').className === 'dot on');

/** All lines of the view, also those above what is drawn. */
async function allLines(page) {
  await page.evaluate(async () => {
    const log = document.querySelector('#log');
    for (let still = 0; still < 10;) {
      const before = document.querySelector('#lines').firstElementChild?.dataset.key + log.scrollHeight;
      log.scrollTop = 0;
      await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      still = document.querySelector('#lines .start') &&
        before === document.querySelector('#lines').firstElementChild.dataset.key + log.scrollHeight ? still + 1 : 0;
    }
  });
  const found = [];
  // The window of rows is smaller than the past: collect it on the way down.
  for (;;) {
    const { lines, isEnd } = await page.evaluate(async () => {
      const log = document.querySelector('#log');
      const lines = [...document.querySelectorAll('#lines > .line')].map(one => [one.dataset.key, one.querySelector('.text').textContent]);
      log.scrollTop += log.clientHeight;
      await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return { lines, isEnd: document.querySelector('#newest').hidden };
    });
    lines.forEach(([key, text]) => found.some(([known]) => known === key) || found.push([key, text]));
    if (isEnd) {
      return found.map(([, text]) => text);
    }
  }
}

await run({
  'what others said meanwhile comes once, in order, however much it is': async browser => {
    const relay = await new Relay(server.port).start();
    const alice = await enter(browser, relay.url, 'alice', '#long');
    const bob = new WireClient(server.port, '/nick bob', '/join #long');
    await bob.sees('you are in #long');
    bob.send('before');
    await seesLine(alice, 'before');
    relay.isDown = true;
    relay.cut();
    await isOffline(alice);
    await bob.sees('alice quit');
    // More than one answer of the server holds: 128 KiB.
    const words = Array.from({ length: 400 }, (_, i) => `line ${i} ${'x'.repeat(600)}`);
    bob.send(...words, '/ping sent');
    await bob.sees('* pong sent');
    relay.isDown = false;
    await alice.click('#retry');
    await isBack(alice);
    await seesLine(alice, words.at(-1));
    bob.send('after');
    await until(alice, () => document.querySelector('#newest').textContent.includes('new line') ||
      document.querySelector('#newest').hidden);
    expectEqual(['before', ...words, 'after'], await allLines(alice), 'the lines');
    const unread = await alice.evaluate(() => document.querySelectorAll('#lines .unread').length);
    expect(unread <= 1, `${unread} unread lines`);
    bob.end();
    relay.end();
  },

  'a line whose answer was lost is found again, and shown once': async browser => {
    const relay = await new Relay(server.port).start();
    const alice = await enter(browser, relay.url, 'alice', '#ack');
    const bob = new WireClient(server.port, '/nick bob', '/join #ack');
    await until(alice, () => document.querySelectorAll('.member').length === 2);
    relay.isHoldingDown = true;
    await say(alice, 'did you hear me?');
    await say(alice, 'did you hear me?');
    await bob.sees('did you hear me?');
    bob.send('yes');
    await bob.sees('did you hear me?');
    bob.send('/ping heard');
    await bob.sees('* pong heard');
    relay.cut();
    await seesLine(alice, 'yes');
    await isBack(alice);
    await until(alice, () => !document.querySelector('.mine'));
    expectEqual(2, (await linesOf(alice)).filter(text => text === 'did you hear me?').length, 'own lines');
    expectEqual(2, bob.lines.filter(line => line.includes('did you hear me?')).length, 'what bob heard');
    bob.end();
    relay.end();
  },

  'a line that never arrived is marked, and sent again only when asked for': async browser => {
    const relay = await new Relay(server.port).start();
    const alice = await enter(browser, relay.url, 'alice', '#lost');
    const bob = new WireClient(server.port, '/nick bob', '/join #lost');
    await until(alice, () => document.querySelectorAll('.member').length === 2);
    relay.isHoldingUp = true;
    await say(alice, 'into the void');
    await alice.waitForSelector('.mine.sent');
    relay.isDown = true;
    relay.cut();
    await isOffline(alice);
    await say(alice, 'typed without a connection');
    await alice.waitForSelector('.mine.waiting');
    relay.isDown = false;
    await alice.click('#retry');
    await bob.sees('typed without a connection');
    await until(alice, () => document.querySelectorAll('.mine').length === 1);
    expectEqual('into the void', await alice.textContent('.mine.unsure .text'), 'the marked line');
    expectEqual(0, bob.lines.filter(line => line.includes('into the void')).length, 'lines that were sent again unasked');
    await alice.click('.mine.unsure button:has-text("Send again")');
    await bob.sees('into the void');
    await until(alice, () => !document.querySelector('.mine'));
    expectEqual(['typed without a connection', 'into the void'], await linesOf(alice), 'the lines');
    bob.end();
    relay.end();
  },

  'a nick that the broken connection still has is taken back when it is free': async browser => {
    const relay = await new Relay(server.port).start();
    const alice = await enter(browser, relay.url, 'alice', '#ghost');
    await say(alice, 'hello');
    const release = relay.cut(true);
    await isOffline(alice);
    await until(alice, () => document.querySelector('#me').textContent.startsWith('guest-'));
    await until(alice, () => document.querySelector('#lines').textContent.includes('still taken'));
    release();
    await until(alice, () => document.querySelector('#me').textContent === 'alice');
    await say(alice, 'it is me again');
    await until(alice, () => !document.querySelector('.mine'));
    expectEqual(['hello', 'it is me again'], await linesOf(alice), 'the lines');
    relay.end();
  },

  'a page that wakes up asks before it gives the connection up': async browser => {
    const relay = await new Relay(server.port).start();
    const alice = await enter(browser, relay.url, 'alice', '#wake');
    const sent = [];
    alice.context().pages()[0].on('websocket', socket => sent.push(socket));
    await alice.evaluate(() => dispatchEvent(new Event('online')));
    await say(alice, 'still here');
    await until(alice, () => !document.querySelector('.mine') && document.querySelector('.line'));
    expectEqual(0, sent.length, 'new connections');
    relay.isHoldingDown = true; // a connection that is dead without a word
    await alice.evaluate(() => dispatchEvent(new Event('online')));
    await isOffline(alice);
    relay.isHoldingDown = false;
    await isBack(alice);
    await say(alice, 'and back');
    await until(alice, () => !document.querySelector('.mine'));
    expectEqual(['still here', 'and back'], await linesOf(alice), 'the lines');
    relay.end();
  },

  'kill -9 and a restart with --data lose nothing': async browser => {
    const data = mkdtempSync(path.join(tmpdir(), 'muxchat-page-'));
    try {
      const options = ['--flood', 'off', '--data', data];
      let durable = await startServer({ options });
      const relay = await new Relay(durable.port).start();
      const alice = await enter(browser, relay.url, 'alice', '#durable');
      const bob = await enter(browser, relay.url, 'bob', '#durable');
      const expected = [];
      for (let round = 0; round < 3; round++) {
        for (const page of [alice, bob]) {
          const text = `round ${round} of ${page === alice ? 'alice' : 'bob'}`;
          await say(page, text);
          expected.push(text);
          await until(page, () => !document.querySelector('.mine'));
        }
        await seesLine(alice, expected.at(-1));
        await durable.kill();
        relay.cut();
        await Promise.all([isOffline(alice), isOffline(bob)]);
        durable = await startServer({ options });
        relay.serverPort = durable.port;
        for (const page of [alice, bob]) {
          await page.evaluate(() => dispatchEvent(new Event('online')));
          await isBack(page);
          await until(page, () => document.querySelectorAll('.member').length === 2);
        }
      }
      for (const page of [alice, bob]) {
        expectEqual(expected, await allLines(page), 'the lines');
        expectEqual(0, await page.locator('#lines .gap').count(), 'gaps');
      }
      await alice.reload();
      await seesLine(alice, expected.at(-1));
      expectEqual(expected, await allLines(alice), 'the lines after a reload');
      expectEqual('alice', await alice.textContent('#me'), 'the nick after a reload');
      relay.end();
      await durable.kill();
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
  },

  'a server that has forgotten everything: a gap is shown, and what was seen stays': async browser => {
    let first = await startServer();
    const relay = await new Relay(first.port).start();
    const alice = await enter(browser, relay.url, 'alice', '#gap');
    await say(alice, 'one');
    await say(alice, 'two');
    await until(alice, () => !document.querySelector('.mine') && document.querySelectorAll('.line').length === 2);
    await first.kill();
    relay.cut();
    await isOffline(alice);
    const second = await startServer();
    relay.serverPort = second.port;
    const bob = new WireClient(second.port, '/nick bob', '/join #gap');
    await bob.sees('you are in #gap');
    bob.send('three');
    await alice.evaluate(() => dispatchEvent(new Event('online')));
    await seesLine(alice, 'three');
    await alice.waitForSelector('#lines .gap');
    await say(alice, 'four');
    await bob.sees('four');
    await until(alice, () => !document.querySelector('.mine'));
    const rows = await alice.evaluate(() => [...document.querySelectorAll('#lines > .line .text, #lines > .gap')]
      .map(one => one.className === 'gap' ? 'GAP' : one.textContent));
    expectEqual(['one', 'two', 'GAP', 'three', 'four'], rows, 'the rows');
    bob.end();
    relay.end();
    await second.kill();
  },
});
