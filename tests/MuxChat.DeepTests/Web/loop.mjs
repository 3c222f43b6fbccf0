// The page /loop in Chromium against the built server: what an admin sees, with the mouse, by keyboard, and behind a token.

import { WireClient, expect, expectAccessible, expectEqual, openPage, run, startServer, until } from './browser.mjs';

const TOKEN = 'abcdefghijklmnop-1234';

const open = (browser, server, path = '/loop', options = {}) => openPage(browser, server.admin + path, options);

const isLive = page => until(page, () => document.querySelector('#connection').textContent.includes('live'));

async function chat(server, lines) {
  const client = new WireClient(server.port, '/nick walter');
  await client.sees('walter');
  for (let i = 0; i < lines; i++) {
    client.send(`line ${i}`);
  }
  return client;
}

await run({
  async 'a line that a client says is a tick with a phase of writing'(browser) {
    const server = await startServer({ options: ['--admin', 'http://127.0.0.1:0'] });
    const page = await open(browser, server);
    await isLive(page);
    // The rate is that of one sample, and a slow browser may not draw each sample: the client goes on until one was drawn.
    const client = await chat(server, 1);
    const talk = setInterval(() => client.send('and another line'), 500);
    await until(page, () => [...document.querySelectorAll('#figures div')].some(row => row.textContent.startsWith('Lines a second')
      && !row.textContent.endsWith('0.0')));
    clearInterval(talk);
    await page.keyboard.press('p');
    expectEqual('true', await page.getAttribute('#pause', 'aria-pressed'), 'the button tells that time is stopped');
    for (let i = 0; i < 50 && !(await page.textContent('#phases')).includes('1 line said'); i++) {
      await page.keyboard.press('ArrowLeft');
    }
    const words = await page.textContent('#phases');
    expect(words.includes('1 line said'), `one of the ticks carried the line: ${words}`);
    expect(/bytes went to the clients|bytes came out of the sockets/.test(words), words);
    client.end();
    await server.kill();
  },

  async 'clients are marks that the arrow keys go through'(browser) {
    const server = await startServer({ options: ['--admin', 'http://127.0.0.1:0'] });
    const client = await chat(server, 0);
    const page = await open(browser, server);
    await until(page, () => document.querySelectorAll('#clients [role=option]').length >= 2);
    await page.focus('#crowd');
    await page.keyboard.press('Home');
    await until(page, () => document.querySelector('#client').textContent.startsWith('walter, line, 0 bytes queued'));
    expectEqual(1, await page.locator('#clients [aria-selected=true]').count(), 'one client is chosen');
    client.end();
    await server.kill();
  },

  async 'the page has nothing that axe-core finds, and asks for nothing elsewhere'(browser) {
    const server = await startServer({ options: ['--admin', 'http://127.0.0.1:0'] });
    const client = await chat(server, 3);
    for (const colorScheme of ['light', 'dark']) {
      for (const width of [1280, 390]) {
        const page = await open(browser, server, '/loop', { colorScheme, viewport: { width, height: 800 } });
        await until(page, () => document.querySelectorAll('#clients [role=option]').length >= 2);
        await expectAccessible(page, `${width} px, ${colorScheme}`);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `it fits in ${width} px`);
        expect(page.requested.every(url => url.startsWith(server.admin)), `requests: ${page.requested}`);
      }
    }
    client.end();
    await server.kill();
  },

  async 'behind a token the page asks for it, and takes it from the fragment'(browser) {
    const server = await startServer({ options: ['--admin', 'http://127.0.0.1:0', '--admin-token', TOKEN] });
    const page = await open(browser, server);
    await page.waitForSelector('#ask:not([hidden])');
    await page.fill('#token', TOKEN);
    await page.keyboard.press('Enter');
    await isLive(page);
    expect(await page.isHidden('#ask'), 'the question goes away');
    page.faults.length = 0;
    await isLive(await open(browser, server, `/loop#token=${TOKEN}`));
    await server.kill();
  },
});
