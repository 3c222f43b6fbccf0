// Hostile texts do no harm, and the page stays usable.

import { WireClient, enter, expect, expectEqual, run, say, seesLine, startServer, until } from './browser.mjs';

const server = await startServer({ options: ['--flood', 'off', '--max-clients', '2000'] });
const nick = 'x'.repeat(30);
const texts = [
  '<img src=x onerror=alert(1)>', '<script>alert(2)</script>', '"><svg/onload=alert(3)>', '&lt;b&gt; {{7*7}} ${7*7} `x`',
  'javascript:alert(4) data:text/html,x vbscript:x', 'https://user:pw@evil.example/ https://bank.example@evil.example/',
  '\u202e txt.exe \u202e gnp.', 'http://a.example/\u202efdp.exe', '\u2066\u2067\u2068 no end of isolates', 'e' + '\u0301'.repeat(500),
  '👨‍👩‍👧‍👦 ﷽'.repeat(20), '__proto__', 'constructor', ' '.repeat(100) + '.', 'W'.repeat(4096), '\u202e' + 'long '.repeat(800),
  'https://long.example/' + 'a'.repeat(4000),
];

await run({
  'markup, directions of writing and long lines are text': async browser => {
    const alice = await enter(browser, server.url, 'alice', '#attack');
    const eve = new WireClient(server.port, `/nick ${nick}`, '/join #attack');
    await eve.sees('you are in #attack');
    for (const text of texts) {
      eve.send(text);
      await seesLine(alice, text);
    }
    eve.send('/topic <img src=x onerror=alert(5)> \u202e topic', '/me <b>acts</b>', '/away <i>\u202e</i>',
      '/msg alice <img src=x onerror=alert(6)>', '/mode +b *!*@<b>');
    await until(alice, () => document.querySelector('#privates button') && document.querySelector('#topic').textContent.startsWith('<img'));
    for (const room of ['#__proto__', '#<img/src=x/onerror=alert(7)>', '#constructor']) {
      await say(alice, `/join ${room}`);
      await until(alice, name => document.querySelector('#name').textContent === name, room);
    }
    await alice.click('#rooms button:has-text("attack")');
    for (const width of [1280, 320]) {
      await alice.setViewportSize({ width, height: 700 });
      const found = await alice.evaluate(() => {
        const line = document.querySelector('#log');
        const after = [...document.querySelectorAll('#lines > .line')].map(one => [...one.querySelectorAll('.text')].length);
        return {
          elements: document.querySelectorAll('#lines :is(img, script, svg, b, i, iframe, style)').length,
          links: [...document.querySelectorAll('#lines a')].map(one => [one.protocol, one.hostname, one.rel]),
          isWide: document.documentElement.scrollWidth > innerWidth || line.scrollWidth > line.clientWidth,
          oneEach: after.every(count => count === 1),
          isolated: [...document.querySelectorAll('#lines .text')]
            .every(one => one.dir === 'auto' && getComputedStyle(one).unicodeBidi.startsWith('isolate')),
        };
      });
      expectEqual(0, found.elements, 'elements made of texts');
      expect(!found.isWide, `a line is wider than a window of ${width}`);
      expect(found.oneEach && found.isolated, 'a text is not isolated');
      expect(found.links.every(([protocol, host, rel]) =>
        /^https?:$/.test(protocol) && /^(a|long)\.example$/.test(host) && rel === 'noopener noreferrer'),
        JSON.stringify(found.links));
    }
    await alice.setViewportSize({ width: 1280, height: 800 });
    await say(alice, 'still usable');
    await eve.sees('still usable');
    eve.end();
  },

  'a thousand members join, speak and leave': async browser => {
    const alice = await enter(browser, server.url, 'alice', '#crowd');
    const crowd = Array.from({ length: 1000 }, (_, i) => new WireClient(server.port, `/nick member${i}`, '/join #crowd'));
    await until(alice, () => document.querySelector('.others h2')?.textContent.endsWith('1,000') ||
      document.querySelector('.others h2')?.textContent.endsWith('1000'));
    expectEqual(1, await alice.locator('#lines > .quiet').count(), 'lines for a thousand joins');
    crowd.forEach((one, i) => one.send(`hello from ${i}`));
    await say(alice, 'hello all');
    await crowd[999].sees('hello all');
    await until(alice, () => document.querySelector('#lines > .line'));
    const rows = await alice.locator('#lines > li').count();
    expect(rows <= 500, `${rows} rows`);
    await alice.fill('#text', 'member99');
    await alice.press('#text', 'Tab');
    expect((await alice.inputValue('#text')).startsWith('member99'), 'completion');
    await alice.fill('#text', '');
    crowd.forEach(one => one.end());
    await until(alice, () => document.querySelectorAll('.member').length === 1);
    await say(alice, 'alone again');
    await seesLine(alice, 'alone again');
  },

  'a flood of another room does not take the page away': async browser => {
    const alice = await enter(browser, server.url, 'alice', '#flood');
    const eve = new WireClient(server.port, '/nick eve', '/join #flood');
    await eve.sees('you are in #flood');
    eve.send(...Array.from({ length: 20_000 }, (_, i) => `flood ${i}`));
    await say(alice, 'may I speak?');
    // The server may cut a page that is too slow while its line is under way. Then the page marks the line, and she sends it again.
    const again = alice.click('.mine.unsure button:has-text("Send again")', { timeout: 0 }).catch(() => 'the page was closed first');
    await Promise.race([eve.sees('may I speak?'), again]);
    await eve.sees('may I speak?');
    await seesLine(alice, 'flood 19999');
    expect(await alice.locator('#lines > li').count() <= 500, 'too many rows');
    eve.end();
  },
});
