// Files on the page: chosen, dropped and pasted; the bar; links and pictures; names that want to be markup; closed rooms; breaks.

import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Relay, WireClient, enter, expect, expectAccessible, expectEqual, run, say, startServer, until } from './browser.mjs';

const server = await startServer({ options: ['--flood', 'off'] });

// One red point, as PNG.
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==', 'base64');

const file = (name, buffer, mimeType = 'application/octet-stream') => ({ name, mimeType, buffer });
const choose = (page, ...files) => page.setInputFiles('#files', files);

/** Waits for the line of a shared file; `name` is all of its name. */
const seesFile = (page, name) => until(page, wanted => [...document.querySelectorAll('#lines .line a[download]')]
  .some(one => one.textContent === wanted), name);

/** Drops files on an element, or only drags them over it. */
const drag = (page, selector, names, types = ['dragover', 'drop']) => page.evaluate(([selector, names, types]) => {
  const dataTransfer = new DataTransfer();
  names.forEach(name => dataTransfer.items.add(new File([`the content of ${name}`], name)));
  return types.map(type =>
    document.querySelector(selector).dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })));
}, [selector, names, types]);

/** What the browser saves after a click on a link. */
async function download(page, click) {
  const [saved] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: saved.suggestedFilename(), bytes: readFileSync(await saved.path()) };
}

const hash = bytes => createHash('sha256').update(bytes).digest('hex');

/** Records every value of every bar in `window.values`. */
const watchBar = page => page.evaluate(() => {
  window.values = [];
  const take = () => {
    const bar = document.querySelector('#lines progress');
    if (bar && values.at(-1)?.[0] !== bar.value) values.push([bar.value, bar.max]);
    requestAnimationFrame(take);
  };
  take();
});

await run({
  'a file of 5 MB goes through with a bar, a line goes meanwhile, and another member saves it whole': async browser => {
    const bytes = randomBytes(5_000_000);
    const [alice, bob] = [await enter(browser, server.url, 'alice', '#big'), await enter(browser, server.url, 'bob', '#big')];
    await watchBar(alice);
    await choose(alice, file('big.bin', bytes));
    await say(alice, 'typed meanwhile');
    await seesFile(bob, 'big.bin');
    const lines = await bob.locator('#lines .line .text').allTextContents();
    expectEqual(['typed meanwhile', 'shared big.bin (5 MB)'], lines, 'the order of the lines');
    await until(alice, () => !document.querySelector('#lines progress'));
    const values = await alice.evaluate(() => window.values);
    expect(values.length > 2 && values.every(([value, max], i) => max === 5_000_000 && value >= (values[i - 1]?.[0] ?? 0)),
      `the bar: ${JSON.stringify(values)}`);
    await until(bob, () => document.querySelector('#live').textContent.includes('alice shared big.bin'));
    await until(alice, () => document.querySelector('#live').textContent.includes('big.bin (5 MB): shared'));
    const saved = await download(bob, () => bob.click('a[download]'));
    expectEqual(['big.bin', hash(bytes)], [saved.name, hash(saved.bytes)], 'what bob saves');
    const again = await download(bob, () => say(bob, '/get 1'));
    expectEqual(hash(bytes), hash(again.bytes), 'what /get saves');
    await say(bob, '/files');
    await bob.waitForSelector('.note:has-text("1 file in #big"):has-text("1. big.bin (5 MB) from alice")');
    await say(bob, '/get 77');
    await bob.waitForSelector('.note.error:has-text("there is no file 77")');
  },

  'files are chosen with the keyboard, dropped and pasted, and a drag is seen': async browser => {
    const page = await enter(browser, server.url, 'alice', '#ways');
    const opened = page.waitForEvent('filechooser');
    await page.focus('#text');
    await page.keyboard.press('Tab');
    expectEqual(['attach', 'Share files'], await page.evaluate(() => [document.activeElement.id, document.activeElement.ariaLabel]),
      'what follows the line');
    await page.keyboard.press('Enter');
    await (await opened).setFiles([file('one.txt', Buffer.from('1')), file('two.txt', Buffer.from('2'))]);
    await seesFile(page, 'two.txt');
    expectEqual('text', await page.evaluate(() => document.activeElement.id), 'the focus afterwards');
    await drag(page, '#lines', ['three.txt'], ['dragover']);
    expect(await page.locator('#talk.drop').count() === 1, 'a drag over the page is not seen');
    await drag(page, 'body', ['three.txt'], ['dragleave']);
    expect(await page.locator('#talk.drop').count() === 0, 'a drag that left is still seen');
    expectEqual([false, false], await drag(page, '#side', ['three.txt']), 'whether the browser opens the file itself');
    await seesFile(page, 'three.txt');
    const paste = withText => page.evaluate(isText => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File(['a picture'], 'image.png', { type: 'image/png' }));
      if (isText) clipboardData.setData('text/plain', 'a table');
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      return document.querySelector('#text').dispatchEvent(event);
    }, withText);
    expect(await paste(true), 'a text with a picture is not pasted as a text');
    expect(!await paste(false), 'a picture is not taken');
    await seesFile(page, 'image.png');
    await drag(page, '#lines', []);
    const names = await page.locator('#lines a[download]').allTextContents();
    expectEqual(['one.txt', 'two.txt', 'three.txt', 'image.png'], names, 'all that was shared');
    const bob = new WireClient(server.port, '/nick bob');
    await bob.sees('bob');
    await say(page, '/msg bob hi');
    await until(page, () => document.querySelector('#name').textContent === 'bob');
    await drag(page, '#lines', ['private.txt']);
    await page.waitForSelector('.note.error:has-text("shared in rooms")');
    bob.end();
  },

  'images alone have a picture, of bounded size, which moves nothing': async browser => {
    const page = await enter(browser, server.url, 'alice', '#pictures');
    const markup = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    await choose(page, file('red.png', PICTURE), file('fake.png', markup), file('a.svg', markup));
    await seesFile(page, 'a.svg');
    await until(page, () => document.querySelector('.picture')?.naturalWidth === 1);
    const pictures = await page.evaluate(() => [...document.querySelectorAll('#lines img')].map(one =>
      [one.alt, one.loading, new URL(one.src).origin === location.origin, one.getBoundingClientRect().height]));
    expectEqual([['Picture red.png', 'lazy', true, 144 * 15 / 16]], pictures, 'the pictures');
    const links = await page.evaluate(() => [...document.querySelectorAll('#lines a[download]')].map(one => [one.rel, one.download]));
    expectEqual([['noopener', 'red.png'], ['noopener', 'fake.png'], ['noopener', 'a.svg']], links, 'the links');
    await page.reload();
    await until(page, () => document.querySelector('.picture')?.naturalWidth === 1);
    expectEqual(3, await page.locator('#lines a[download]').count(), 'the files after a reload');
  },

  'names are text, whatever is in them, at 320 pixels too': async browser => {
    const page = await enter(browser, server.url, 'alice', '#names', { viewport: { width: 320, height: 600 } });
    const bob = await enter(browser, server.url, 'bob', '#names');
    const names = ['<img src=x onerror=alert(1)>.png', 'a\u202Egnp.exe', `${'long '.repeat(58)}.txt`, 'é'.repeat(150) + '.png',
      '"&amp;\'#?%41.txt', 'https://example.com', '../../etc/passwd', '.hidden', 'שלום.txt'];
    await choose(page, ...names.map(name => file(name, PICTURE)));
    await until(page, wanted => document.querySelectorAll('#lines a[download]').length === wanted, names.length);
    for (const one of [page, bob]) {
      await until(one, () => [...document.querySelectorAll('.picture')].every(picture => picture.loading === 'lazy'));
      const shown = await one.evaluate(() => [...document.querySelectorAll('#lines a[download]')].map(link =>
        [link.querySelector('bdi').textContent, link.querySelector('bdi').childElementCount, link.download]));
      expect(shown.every(([name, children, saved]) => !children && name === saved && !/[\p{Cc}\p{Cf}/\\]/u.test(name)),
        `the names: ${JSON.stringify(shown)}`);
      expect(shown.every(([name]) => Buffer.byteLength(name) <= 255), 'a name is too long');
      expect(await one.evaluate(() => document.querySelector('#log').scrollWidth <= document.querySelector('#log').clientWidth + 1),
        'a name is wider than the page');
    }
    for (const box of ['#attach', '#send', '#text']) {
      const { x, width } = await page.locator(box).boundingBox();
      expect(x >= 0 && x + width <= 320 && width >= 40, `${box} is at ${x}, ${width} wide`);
    }
    await expectAccessible(page, 'files at 320 pixels');
    const link = bob.locator('a[download]').nth(4);
    const saved = await download(bob, () => link.click());
    expectEqual(hash(PICTURE), hash(saved.bytes), 'the file with the odd name');
  },

  'a file of a closed room is for its members, with the key of their connection': async browser => {
    const [alice, bob] = [await enter(browser, server.url, 'alice', '#lobby'), await enter(browser, server.url, 'bob', '#lobby')];
    await say(alice, '/join #closed');
    await until(alice, () => document.querySelector('#name').textContent === '#closed');
    await say(alice, '/mode +k word');
    await alice.waitForSelector('.note:has-text("+k")');
    await say(bob, '/join #closed word');
    await until(bob, () => document.querySelector('#name').textContent === '#closed');
    await choose(alice, file('secret.png', PICTURE));
    for (const page of [alice, bob]) {
      await until(page, () => document.querySelector('.picture')?.naturalWidth === 1);
      // The browser complains of the first try, without a key.
      expect(page.faults.splice(0).every(fault => /status of 40[34].*\/files\//.test(fault)), 'another fault');
      const saved = await download(page, () => page.locator('a[download] bdi').click());
      expectEqual(hash(PICTURE), hash(saved.bytes), 'what a member saves');
    }
    await choose(alice, file('second.png', PICTURE));
    await until(bob, () => document.querySelectorAll('.picture')[1]?.naturalWidth === 1);
    const plain = await alice.getAttribute('a[download]', 'href');
    const answer = await fetch(new URL(plain, server.url));
    await answer.arrayBuffer();
    expect(answer.status >= 400 && answer.status < 500, `without a key: ${answer.status}`);
  },

  'a page of another site can neither share nor read files, and a shared page is never run': async browser => {
    const alice = await enter(browser, server.url, 'alice', '#foreign');
    await choose(alice, file('page.html', Buffer.from('<script>document.title = "taken"</script>'), 'text/html'));
    await seesFile(alice, 'page.html');
    const link = await alice.evaluate(() => document.querySelector('a[download]').href);
    const other = await startServer();
    const foreign = await enter(browser, other.url, 'eve', '#foreign');
    const done = await foreign.evaluate(([url, link]) => Promise.all([
      fetch(link).then(() => 'read', () => 'refused'),
      fetch(link, { method: 'PUT', body: 'x' }).then(() => 'sent', () => 'refused'),
      fetch(url + 'files', { method: 'POST', body: 'x', mode: 'no-cors' }).then(() => 'sent', () => 'refused'),
      new Promise(resolve => {
        const socket = new WebSocket(url.replace('http', 'ws') + 'ws', 'json.muxchat');
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('refused');
      }),
    ]), [server.url, link]);
    expectEqual(['refused', 'refused', 'refused', 'refused'], done, 'what a foreign page gets');
    foreign.faults.splice(0); // its own policy refuses all of it
    const [saved] = await Promise.all([foreign.waitForEvent('download'), foreign.evaluate(link => location.href = link, link)]);
    expectEqual('page.html', saved.suggestedFilename(), 'what a link of another page does');
    expect(await foreign.title() !== 'taken', 'the script of a shared page ran');
    await other.kill();
    await foreign.close();
  },

  'a broken upload goes on where it was': async browser => {
    const bytes = randomBytes(12_000_000);
    const relay = await new Relay(server.port).start();
    const alice = await enter(browser, relay.url, 'alice', '#broken');
    const bob = await enter(browser, server.url, 'bob', '#broken');
    await watchBar(alice);
    await choose(alice, file('broken.bin', bytes));
    await until(alice, () => document.querySelector('#lines progress')?.value > 2_000_000);
    relay.cut();
    await alice.waitForSelector('.waiting progress');
    const before = await alice.evaluate(() => [values.length, document.querySelector('#lines progress').value]);
    await seesFile(bob, 'broken.bin');
    const after = await alice.evaluate(([seen]) => values[seen]?.[0] ?? 12_000_000, before);
    expect(after >= before[1], `the upload began anew: ${before[1]}, then ${after}`);
    const saved = await download(bob, () => bob.click('a[download]'));
    expectEqual(hash(bytes), hash(saved.bytes), 'what bob saves');
    await alice.close();
    relay.end();
  },

  'a cancelled upload is gone, a refused one says why, and the next goes': async browser => {
    const relay = await new Relay(server.port).start();
    const alice = await enter(browser, relay.url, 'alice', '#cancel');
    const bob = await enter(browser, server.url, 'bob', '#cancel');
    relay.isHoldingDown = true;
    await choose(alice, file('unwanted.bin', randomBytes(1_000_000)));
    await alice.waitForSelector('.mine.sent progress');
    await alice.click('.mine button:has-text("Cancel")');
    await until(alice, () => !document.querySelector('.mine'));
    relay.cut();
    await choose(alice, file('too large.bin', Buffer.alloc(17 * 1024 * 1024)), file('wanted.bin', Buffer.from('x')));
    await seesFile(bob, 'wanted.bin');
    await alice.waitForSelector('.mine.failed:has-text("too large.bin"):has-text("at most 16777216")');
    await alice.click('.mine button:has-text("Discard")');
    await until(alice, () => !document.querySelector('.mine'));
    expectEqual(['wanted.bin'], await bob.locator('a[download]').allTextContents(), 'what bob has');
    await alice.close();
    relay.end();
  },
});
