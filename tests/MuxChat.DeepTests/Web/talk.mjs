// Browsers, netcat and IRC in the same rooms.

import { WireClient, enter, expect, expectEqual, linesOf, openPage, run, say, seesLine, startServer, until } from './browser.mjs';

const server = await startServer({ options: ['--flood', 'off'] });

/** Runs in the page: notifications are recorded instead of shown. The permission is the browser's. */
function recordNotifications() {
  const real = window.Notification;
  window.notifications = [];
  window.Notification = class {
    static get permission() {
      return real.permission;
    }

    static requestPermission() {
      return real.requestPermission();
    }

    constructor(title, { body, tag }) {
      Object.assign(this, { title, body, tag });
      window.notifications.push(this);
    }

    close() {
      this.isClosed = true;
    }
  };
}

const nameOf = page => page.textContent('#name');

await run({
  'the first screen asks for a name and a room, without script too': async browser => {
    const page = await openPage(browser, server.url, { javaScriptEnabled: false });
    expect(await page.isVisible('#nick') && await page.isVisible('#first'), 'no form without script');
    expect((await page.innerText('#enter')).includes('needs JavaScript'), 'the page does not say that it needs script');
    const other = await openPage(browser, server.url);
    await other.waitForLoadState('networkidle');
    expect(other.requested.every(one => one.startsWith(server.url)), `requests to elsewhere: ${other.requested}`);
    expect(new Set(other.requested).size <= 14, `${other.requested.length} requests: ${other.requested}`);
    await other.fill('#nick', '1st');
    await other.keyboard.press('Enter');
    expect((await other.innerText('#problem')).startsWith('A name has'), 'a bad nick is not explained');
  },

  'two browsers, netcat and IRC hear each other, once and in the same order': async browser => {
    const room = '#four';
    const alice = await enter(browser, server.url, 'alice', room);
    const bob = await enter(browser, server.url, 'bob', room);
    const carol = new WireClient(server.port, '/nick carol', `/join ${room}`);
    await carol.sees(`you are in ${room}`);
    const dave = new WireClient(server.port, 'NICK dave', 'USER d 0 * :Dave', `JOIN ${room}`);
    await dave.sees('366');
    await say(alice, 'from a browser');
    await carol.sees('<alice> from a browser');
    carol.send('from netcat');
    await dave.sees('from netcat');
    dave.send(`PRIVMSG ${room} :from IRC`);
    await seesLine(alice, 'from IRC');
    await say(bob, '/me waves 👋');
    await carol.sees('* bob waves 👋');
    const expected = ['from a browser', 'from netcat', 'from IRC', 'waves 👋'];
    for (const page of [alice, bob]) {
      await seesLine(page, 'waves 👋');
      expectEqual(expected, await linesOf(page), 'the lines');
      expectEqual(['alice', 'bob', 'carol', 'dave'],
        await page.evaluate(() => [...document.querySelectorAll('.member .nick')].map(one => one.textContent).sort()), 'the members');
      expectEqual('@alice', await page.textContent('.operators li'), 'the operator');
    }
    await say(alice, '/topic tea at four');
    await until(bob, () => document.querySelector('#topic').textContent === 'tea at four');
    await say(alice, '/op bob');
    await until(bob, () => document.querySelectorAll('.operators li').length === 2);
    await say(bob, '/kick dave enough');
    await dave.sees('KICK');
    await until(alice, () => document.querySelectorAll('.member').length === 3);
    carol.end();
    await until(alice, () => document.querySelectorAll('.member').length === 2);
    dave.end();
  },

  'private messages have a view each, and nothing is said by mistake': async browser => {
    const alice = await enter(browser, server.url, 'alice', '#private');
    const bob = await enter(browser, server.url, 'bob', '#private');
    await say(alice, '/msg bob psst <b>');
    await until(bob, () => document.querySelector('#privates .badge'));
    expect((await bob.title()).startsWith('(1) '), `the title does not count: ${await bob.title()}`);
    await bob.click('#privates button');
    await seesLine(bob, 'psst <b>');
    expectEqual(['psst <b>'], await linesOf(bob), 'the private message');
    expectEqual('alice', await nameOf(bob), 'the view');
    await until(bob, () => !document.title.startsWith('('));
    await say(bob, 'got it');
    await seesLine(alice, 'got it');
    await say(bob, '/qiut');
    expect((await bob.innerText('#hint')).includes('no command /qiut'), 'a wrong command is not refused');
    expectEqual('/qiut', await bob.inputValue('#text'), 'a wrong command is gone');
    await bob.fill('#text', 'one\n/pass secret');
    await bob.press('#text', 'Enter');
    expect((await bob.innerText('#hint')).includes('begins with a slash'), 'a pasted command is not refused');
    await say(bob, '//shrug');
    await seesLine(alice, '/shrug');
    await say(bob, '/me waves');
    expect((await bob.innerText('#hint')).includes('private conversation'), '/me in private is not refused');
    await say(alice, '/nick al');
    await until(bob, () => document.querySelector('#name').textContent === 'al');
    await say(alice, '/msg nobody hello');
    await alice.waitForSelector('.note.error:has-text("nobody:")');
    expectEqual(['bob'], await alice.locator('#privates .view .nick').allTextContents(), 'the conversations after one with nobody');
    expectEqual('bob', await nameOf(alice), 'the view after a message to nobody');
    expectEqual(['psst <b>', 'got it', '/shrug'], await linesOf(bob), 'the lines of the private view');
  },

  'rooms are listed, entered and left; unread lines and mentions are counted, and the unread line is before the first of them':
  async browser => {
    const alice = await enter(browser, server.url, 'alice', '#one');
    const bob = new WireClient(server.port, '/nick bob', '/join #two');
    await bob.sees('you are in #two');
    await say(alice, '/rooms');
    await alice.waitForSelector('#directory button');
    await alice.click('#directory button:has-text("two")');
    await until(alice, () => document.querySelector('#name').textContent === '#two');
    bob.send('before');
    await seesLine(alice, 'before');
    await alice.click('#rooms button:has-text("one")');
    bob.send('first', 'Alice, second', 'malice is no mention');
    await until(alice, () => document.querySelector('#rooms .badge.strong')?.textContent === '3');
    expectEqual('(1) #one · MuxChat', await alice.title(), 'the title');
    expectEqual('# two, 3 new lines, 1 mention3', (await alice.textContent('#rooms button:has-text("two")')).replace('#', '# '),
      'the button');
    await alice.keyboard.press('Alt+a');
    await seesLine(alice, 'first');
    const around = await alice.evaluate(() => {
      const line = document.querySelector('#lines .unread');
      return [line.previousElementSibling.querySelector('.text').textContent, line.nextElementSibling.querySelector('.text').textContent];
    });
    expectEqual(['before', 'first'], around, 'the lines around the unread line');
    expectEqual(1, await alice.locator('.mention').count(), 'mentions');
    await until(alice, () => !document.querySelector('#rooms .badge'));
    await say(alice, '/part');
    await bob.sees('alice left #two');
    await until(alice, () => document.querySelector('#name').textContent === '#one');
    bob.end();
  },

  'mentions and private messages are notified of when the user asks for it, and nothing else is': async browser => {
    const alice = await enter(browser, server.url, 'alice', '#calls', { init: recordNotifications, permissions: ['notifications'] });
    await say(alice, '/join #desk');
    await until(alice, () => document.querySelector('#name').textContent === '#desk');
    const bob = new WireClient(server.port, '/nick bob', '/join #calls');
    const notified = () => alice.evaluate(() => notifications.map(({ title, body, tag }) => [title, body, tag]));
    const hasUnread = (lines, messages) => until(alice, ([lines, messages]) =>
      (document.querySelector('#rooms .badge')?.textContent ?? '') === lines &&
      (document.querySelector('#privates .badge')?.textContent ?? '') === messages, [lines, messages]);
    const choose = async isOn => {
      await alice.click('#open-options');
      await alice.setChecked('#notify', isOn);
      await alice.keyboard.press('Escape');
    };
    bob.send('alice: nothing was asked for', '/msg alice nothing at all');
    await hasUnread('1', '1');
    expectEqual([], await notified(), 'notifications before they were asked for');

    await choose(true);
    bob.send('an ordinary line', 'alice: look here', 'another ordinary line', '/msg alice psst');
    await hasUnread('4', '2');
    const expected = [['bob in #calls', 'alice: look here', '#calls'], ['bob', 'psst', 'bob']];
    expectEqual(expected, await notified(), 'notifications');
    bob.send('/join #desk', 'alice: you see this');
    await seesLine(alice, 'alice: you see this');
    expectEqual(expected, await notified(), 'notifications after a mention in the room in view');

    await choose(false);
    bob.send('/join #calls', 'alice: it is off', '/msg alice it is off');
    await hasUnread('5', '3');
    expectEqual(expected, await notified(), 'notifications after they were turned off');
    await alice.evaluate(() => notifications[0].onclick());
    await until(alice, () => document.querySelector('#name').textContent === '#calls' && notifications[0].isClosed);
    bob.end();
  },

  'a browser that refuses notifications is believed': async browser => {
    const alice = await enter(browser, server.url, 'alice', '#refused');
    await alice.click('#open-options');
    await alice.click('#notify');
    await until(alice, () => document.querySelector('#lines .error')?.textContent.includes('does not let this page notify you'));
    expect(!await alice.isChecked('#notify'), 'the option is on');
  },

  'Tab completes nicks, commands, rooms and emoji': async browser => {
    const alice = await enter(browser, server.url, 'alice', '#tab');
    const bob = new WireClient(server.port, '/nick Bobby', '/join #tab');
    await until(alice, () => document.querySelectorAll('.member').length === 2);
    const type = async (typed, ...keys) => {
      await alice.fill('#text', '');
      await alice.type('#text', typed);
      for (const key of keys) {
        await alice.press('#text', key);
      }
      return alice.inputValue('#text');
    };
    expectEqual('Bobby: ', await type('bo', 'Tab'), 'a nick at the beginning');
    expectEqual('hi @Bobby ', await type('hi @bo', 'Tab'), 'a nick with an @');
    expectEqual('/topic ', await type('/to', 'Tab'), 'a command');
    expectEqual('well 😄 ', await type('well :smil', 'Tab'), 'an emoji');
    expectEqual('#tab ', await type('#t', 'Tab'), 'a room');
    expectEqual('/nick ', await type('/m', 'Tab', 'Tab', 'Tab', 'Tab').then(() => type('/n', 'ArrowDown', 'Enter')), 'a choice by arrow');
    expectEqual('', await type('', 'Tab'), 'nothing to complete');
    expect(await alice.evaluate(() => document.activeElement.id !== 'text'), 'Tab with nothing to complete does not move the focus');
    bob.end();
  },

  'a server with a password asks for it, and says how long a line may be': async browser => {
    const closed = await startServer({ options: ['--password', 'sesame', '--max-line-bytes', '64'] });
    const page = await openPage(browser, closed.url);
    await page.fill('#nick', 'alice');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#secret:not([hidden])');
    await page.fill('#password', 'please');
    await page.keyboard.press('Enter');
    await until(page, () => document.querySelector('#problem').textContent.includes('wrong server password'));
    await page.fill('#password', 'sesame');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#chat:not([hidden])');
    await until(page, () => document.querySelector('#me').textContent === 'alice');
    await page.fill('#text', 'x'.repeat(60));
    expectEqual('60 of 64 bytes', await page.innerText('#hint'), 'the hint for a line that is nearly full');
    await say(page, 'x'.repeat(65));
    expect((await page.innerText('#hint')).includes('1 bytes too long: a line has at most 64'), 'a line that is too long is not refused');
    await say(page, 'x'.repeat(64));
    await seesLine(page, 'x'.repeat(64));
    await until(page, () => !document.querySelector('.mine'));
    await closed.kill();
  },

  'a nick that is taken is asked for again': async browser => {
    await enter(browser, server.url, 'alice', '#nick');
    const page = await openPage(browser, server.url);
    await page.fill('#nick', 'Alice');
    await page.keyboard.press('Enter');
    await until(page, () => document.querySelector('#problem').textContent.includes('is taken'));
    await page.reload();
    expectEqual('', await page.inputValue('#nick'), 'the nick that was refused, after a reload');
    await page.fill('#nick', 'Alice');
    await page.keyboard.press('Enter');
    await until(page, () => document.querySelector('#problem').textContent.includes('is taken'));
    await page.fill('#nick', 'alicia');
    await page.keyboard.press('Enter');
    await until(page, () => document.querySelector('#me').textContent === 'alicia');
    await say(page, '/nick alice');
    await until(page, () => document.querySelector('#lines .error'));
    await page.reload();
    await until(page, () => document.querySelector('#me').textContent === 'alicia');
  },
});
