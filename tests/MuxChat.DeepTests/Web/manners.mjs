// What is typed goes to one place, whole; wrong rooms are refused and not kept; the address names the room; marks that people look for.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WireClient, enter, expect, expectEqual, linesOf, openPage, run, say, seesLine, startServer, until } from './browser.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'page-'));
writeFileSync(path.join(folder, 'motd'), 'Be kind.\nTea is at four.\n');
const server = await startServer({
  options: ['--flood', 'off', '--motd', path.join(folder, 'motd'), '--command-for', 'members', '--command', 'list=/bin/ls {.*}*'],
});
rmSync(folder, { recursive: true });

const nameIs = (page, name) => until(page, wanted => document.querySelector('#name').textContent === wanted, name);
const focused = page => page.evaluate(() => document.activeElement.id);
const stored = page => page.evaluate(() => JSON.parse(localStorage.muxchat).rooms);

await run({
  'a command typed over a dialog, a menu or a button is never cut and said': async browser => {
    const page = await enter(browser, server.url, 'alice', '#typed');
    const bob = new WireClient(server.port, '/nick bob', '/join #typed');
    await bob.sees('you are in #typed');
    await say(page, '/help');
    await page.keyboard.type('/oper root secret');
    expect(!await page.isVisible('#help'), 'the help is still open');
    expectEqual('/oper root secret', await page.inputValue('#text'), 'what was typed over the help');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.note.error');
    const places = [
      ['#help button', () => say(page, '/help')],
      ['#open-options', () => page.click('#open-options')],
      ['#set-topic', () => page.click('#open-options')],
      ['#notify', () => page.click('#open-options')],
      ['#rooms .view', () => {}], ['#rooms .close', () => {}], ['#add', () => {}], ['#log', () => {}], ['#send', () => {}],
    ];
    for (const [place, open] of places) {
      await page.fill('#text', '');
      await open();
      await page.focus(place);
      await page.keyboard.type('/oper root secret');
      expectEqual('/oper root secret', await page.inputValue('#text'), `what was typed on ${place}`);
    }
    await page.fill('#text', '');
    await say(page, '/rooms');
    await page.waitForSelector('#directory button');
    for (const place of ['#wanted', '#directory button', '#browse button:has-text("Close")']) {
      await page.fill('#wanted', '');
      await page.focus(place);
      await page.keyboard.type('/oper root secret');
      expectEqual('/oper root secret', await page.inputValue('#wanted'), `what was typed on ${place} of the list of rooms`);
    }
    await page.keyboard.press('Enter');
    await until(page, () => document.querySelector('#found').textContent.includes('a command, not a room'));
    await page.keyboard.press('Escape');
    await until(page, () => document.activeElement.id === 'text');
    // A key that closes a dialog and stays down sends nothing.
    await say(page, '/help');
    await page.evaluate(() => document.querySelector('#text').value = 'a draft');
    await page.focus('#help button');
    for (let i = 0; i < 5; i++) {
      await page.keyboard.down('Enter');
      await until(page, () => document.activeElement.id === 'text');
    }
    await page.keyboard.up('Enter');
    expectEqual('a draft', await page.inputValue('#text'), 'the draft after Enter on Close');
    for (const line of [' /oper root secret', '\t/msg bob x', 'one\n /oper root secret']) {
      await say(page, line);
      expect(/slash/.test(await page.innerText('#hint')), `"${line}" is not refused`);
    }
    await say(page, 'the end');
    await bob.sees('the end');
    expectEqual(['the end'], await linesOf(page), 'all that was said');
    expect(!bob.lines.some(line => /secret|oper/.test(line)), 'bob heard a part of a command');
    bob.end();
  },

  'the help begins at its heading, at any width': async browser => {
    const page = await enter(browser, server.url, 'alice', '#help');
    for (const [width, height] of [[1280, 800], [320, 600]]) {
      await page.setViewportSize({ width, height });
      await say(page, '/help');
      const [top, isIn] = await page.evaluate(() => {
        const [dialog, heading] = ['help', 'help-title'].map(id => document.getElementById(id));
        return [dialog.scrollTop, heading.getBoundingClientRect().top >= dialog.getBoundingClientRect().top];
      });
      expect(top === 0 && isIn, `the help is scrolled by ${top} in a window of ${width}`);
      await page.keyboard.press('Escape');
    }
  },

  'Escape in the menu goes back to the line': async browser => {
    const page = await enter(browser, server.url, 'alice', '#menu');
    await page.click('#open-options');
    await page.keyboard.press('Escape');
    await page.keyboard.type(' b c');
    expectEqual(' b c', await page.inputValue('#text'), 'what is typed after Escape');
    expect(!await page.isVisible('#options'), 'the menu is still open');
    await page.click('#open-options');
    await page.focus('#notify');
    await page.keyboard.press('Escape');
    expectEqual('text', await focused(page), 'the focus after Escape in the menu');
  },

  'a wrong first room is explained in the form; one that the server refuses leads to the lobby and is not kept': async browser => {
    const page = await openPage(browser, server.url);
    await page.fill('#nick', 'alice');
    for (const room of ['my room', 'a,b', 'x'.repeat(70), '/stats', '#']) {
      await page.fill('#first', room);
      await page.keyboard.press('Enter');
      expect(/room/.test(await page.innerText('#problem')), `"${room}" is not explained`);
      expectEqual('first', await focused(page), 'the focus');
      expect(await page.isVisible('#entry'), `"${room}" was entered`);
    }
    await page.fill('#first', '#no\u00a0break');
    await page.keyboard.press('Enter');
    await nameIs(page, '#lobby');
    await page.waitForSelector('.note.error:has-text("break: a room name is")');
    expectEqual(['lobby'], await page.locator('#rooms .name').allTextContents(), 'the rooms');
    await until(page, () => localStorage.muxchat?.includes('#lobby') && !localStorage.muxchat.includes('break'));
    await say(page, '/rooms');
    await page.fill('#wanted', '/stats');
    await page.keyboard.press('Enter');
    await until(page, () => document.querySelector('#found').textContent.includes('a command, not a room'));
    await page.fill('#wanted', 'a b');
    await page.keyboard.press('Enter');
    await until(page, () => document.querySelector('#found').textContent.includes('1 to 63 characters'));
    await page.fill('#wanted', 'tea');
    await page.keyboard.press('Enter');
    await nameIs(page, '#tea');
  },

  'the address names the room, and a new address enters it': async browser => {
    const page = await openPage(browser, 'about:blank');
    await page.goto(`${server.url}#caf%C3%A9`);
    expectEqual('#café', await page.inputValue('#first'), 'the room of the address');
    await page.fill('#nick', 'alice');
    await page.keyboard.press('Enter');
    await nameIs(page, '#café');
    await say(page, '/join #second');
    await until(page, () => location.hash === '#second');
    await page.evaluate(() => location.hash = '#third');
    await nameIs(page, '#third');
    await page.evaluate(() => location.hash = '#caf%C3%A9');
    await nameIs(page, '#café');
    await until(page, () => location.hash === '#caf%C3%A9');
    await page.evaluate(() => location.hash = '#a,b');
    await page.waitForSelector('.note.error');
    await until(page, () => location.hash === '#caf%C3%A9');
    expectEqual(['#café', '#second', '#third'], await stored(page), 'the rooms that are kept');
    await page.reload();
    await nameIs(page, '#café');
  },

  'rooms and conversations are closed from the list, with the keyboard too': async browser => {
    const page = await enter(browser, server.url, 'alice', '#close');
    const bob = new WireClient(server.port, '/nick bob', '/join #close', '/msg alice psst');
    await page.waitForSelector('#privates .view');
    await page.focus('#privates .view');
    await page.keyboard.press('Tab');
    expectEqual('Close the conversation with bob', await page.evaluate(() => document.activeElement.ariaLabel), 'the name of the cross');
    expectEqual('1', await page.evaluate(() => getComputedStyle(document.activeElement).opacity), 'the cross with the focus is seen');
    await page.keyboard.press('Enter');
    await until(page, () => !document.querySelector('#privates li'));
    expectEqual('text', await focused(page), 'the focus after closing');
    await say(page, '/join #other');
    await nameIs(page, '#other');
    await page.hover('#rooms li:has-text("close")');
    await page.click('#rooms [aria-label="Leave #close"]');
    await bob.sees('alice left #close');
    await nameIs(page, '#other');
    bob.end();
  },

  'the message of the day is framed and named, lines have their times, and people differ in colour': async browser => {
    const bob = new WireClient(server.port, '/nick bob', '/join #marks', 'before');
    await bob.sees('you are in #marks');
    const page = await enter(browser, server.url, 'alice', '#marks', { locale: 'en-US' });
    await seesLine(page, 'before');
    expectEqual('Message of the day\nBe kind.\nTea is at four.', await page.textContent('.framed .text'), 'the message of the day');
    expect(await page.evaluate(() => document.querySelector('.line').compareDocumentPosition(document.querySelector('.framed')) &
      Node.DOCUMENT_POSITION_FOLLOWING), 'the message of the day is above the past');
    bob.send(...Array.from({ length: 45 }, (_, i) => `line ${i}`));
    await seesLine(page, 'line 44');
    const runs = await page.evaluate(() => [...document.querySelectorAll('.line')].map(one => one.matches('.next') ? 'n' : 'h').join(''));
    expect(/n{5}/.test(runs) && !/n{20}/.test(runs), `a run of lines without a name: ${runs}`);
    expect(await page.evaluate(() => [...document.querySelectorAll('.line')].every(one => /\d:\d\d:\d\d/.test(one.title))),
      'a line has no time');
    expect(!/^0/.test(await page.textContent('.line time')), 'a time of the day begins with a zero');
    const others = ['carol', 'dave', 'erin', 'frank'].map(nick => new WireClient(server.port, `/nick ${nick}`, '/join #marks'));
    await until(page, () => document.querySelectorAll('.member').length === 6);
    const colours = await page.evaluate(() => [...document.querySelectorAll('.member .nick')].map(one => getComputedStyle(one).color));
    expectEqual(6, new Set(colours).size, `the colours ${colours}`);
    [bob, ...others].forEach(one => one.end());
  },

  'a command of the admin runs, what it prints is shown to its user alone, and a wrong one is refused': async browser => {
    const bob = new WireClient(server.port, '/nick bob', '/join #run');
    await bob.sees('you are in #run');
    const page = await enter(browser, server.url, 'alice', '#run');
    await bob.sees('alice joined #run');
    const seesNote = text => until(page, wanted =>
      [...document.querySelectorAll('.note .text')].some(one => one.textContent === wanted), text);
    await say(page, '/run');
    await seesNote('Commands:\n/run list {.*}*');
    await say(page, '/run list -d / "/no such place"');
    await seesNote('/');
    await until(page, () => [...document.querySelectorAll('.note.error .text')].some(one => one.textContent.includes('/no such place')));
    await seesNote('⚠ run list: exit 2');
    await say(page, '/run reboot');
    await seesNote('⚠ this command is not one that the server runs');
    await say(page, 'after all');
    await bob.sees('after all');
    expect(!bob.lines.some(line => line.includes('run list')), 'another member saw the output');
    bob.end();
  },
});
