// Shared by the scripts: Chromium, people on the page, and clients of the other protocols. Waits are for events and have one limit.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import { chromium } from 'playwright-core';

export const GUARD_MS = Number(process.env.GUARD_MS ?? 120_000);
export const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Starts the browser that the machine has; the test names it. */
export const startBrowser = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});

/**
 * A page with all that it complains of in `page.faults`: errors, refused scripts, requests to elsewhere. `init` runs in it before its own
 * scripts.
 */
export async function openPage(browser, url, { init, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', timezoneId: 'UTC', ...options });
  const page = await context.newPage();
  if (init) {
    await page.addInitScript(init);
  }
  page.setDefaultTimeout(GUARD_MS);
  page.faults = [];
  page.on('pageerror', error => page.faults.push(`error: ${error.stack}`));
  page.on('console', message => {
    // The browser asks for the icon again when the address changes, also while there is no server.
    const { url } = message.location();
    const isExpected = /WebSocket connection|ERR_CONNECTION_REFUSED/.test(message.text()) ||
      (url.endsWith('/icon.svg') && message.text().includes('net::ERR_'));
    if (message.type() === 'error' && !isExpected) {
      page.faults.push(`console: ${message.text()} ${url}`);
    }
  });
  page.on('dialog', dialog => page.faults.push(`dialog: ${dialog.message()}`));
  page.requested = [];
  page.on('request', request => page.requested.push(request.url()));
  await page.goto(url);
  return page;
}

/** Opens the page and enters under a nick. */
export async function enter(browser, url, nick, room = '#lobby', options = {}) {
  const page = await openPage(browser, url, options);
  await page.fill('#nick', nick);
  await page.fill('#first', room);
  await page.keyboard.press('Enter');
  await page.waitForSelector('#chat:not([hidden])');
  await page.waitForFunction(() => document.querySelector('#lines .line, #lines .quiet, #lines .start'));
  return page;
}

export async function say(page, text) {
  await page.fill('#text', text);
  await page.press('#text', 'Enter');
}

/** Waits until a line of the view has this text, and returns how many have it. */
export async function seesLine(page, text) {
  await page.waitForFunction(wanted => [...document.querySelectorAll('#lines .line .text')].some(one => one.textContent === wanted), text);
  return page.evaluate(wanted =>
    [...document.querySelectorAll('#lines .line .text')].filter(one => one.textContent === wanted).length, text);
}

/** The texts of all lines of the view, in order. */
export const linesOf = page => page.evaluate(() => [...document.querySelectorAll('#lines .line .text')].map(one => one.textContent));

/** Waits until `check` in the page is true. */
export const until = (page, check, argument) => page.waitForFunction(check, argument);

const servers = [];
process.on('exit', () => servers.forEach(server => server.kill('SIGKILL')));

/** The built server, started as the test says in PAGE_SERVER: a process of its own, on a free port or on `port`. */
export async function startServer({ port = 0, options = [] } = {}) {
  const [program, ...words] = JSON.parse(process.env.PAGE_SERVER);
  const child = spawn(program, [...words, 'serve', '--listen', `auto://127.0.0.1:${port}`, ...options],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  servers.push(child);
  const ended = new Promise(resolve => child.once('exit', resolve));
  let output = '';
  child.stdout.setEncoding('utf8');
  await new Promise((resolve, reject) => {
    child.stdout.on('data', data => {
      output += data;
      if (output.includes('ready: ')) {
        resolve();
      }
    });
    child.once('exit', () => reject(new Error(`the server did not start: ${output}`)));
  });
  const actual = Number(/auto:\/\/127\.0\.0\.1:(\d+)/.exec(output)[1]);
  return {
    port: actual,
    url: `http://127.0.0.1:${actual}/`,
    admin: /^admin on (http:\/\/[^/]+)/m.exec(output)?.[1],
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/**
 * A wire between browsers and a server that can be cut, or hold what goes one way. `port` stays the same while the server changes.
 */
export class Relay {
  #pairs = new Set();

  constructor(serverPort) {
    Object.assign(this, { serverPort, isHoldingUp: false, isHoldingDown: false, isDown: false });
  }

  async start() {
    this.server = net.createServer(client => this.#join(client));
    await new Promise(resolve => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${this.server.address().port}/`;
    return this;
  }

  #join(client) {
    if (this.isDown) {
      client.destroy();
      return;
    }
    const server = net.connect(this.serverPort, '127.0.0.1');
    const pair = { client, server };
    this.#pairs.add(pair);
    client.on('data', data => this.isHoldingUp || server.write(data));
    server.on('data', data => this.isHoldingDown || client.write(data));
    for (const [one, other] of [[client, server], [server, client]]) {
      one.on('error', () => {});
      one.on('close', () => pair.isHalf || other.destroy());
    }
  }

  /** Cuts all connections; what is held is lost. With `isHalf` the server does not hear of it yet. */
  cut(isHalf = false) {
    this.isHoldingUp = this.isHoldingDown = false;
    const servers = [...this.#pairs].map(pair => pair.server);
    for (const pair of this.#pairs) {
      pair.isHalf = isHalf;
      pair.client.destroy();
    }
    this.#pairs.clear();
    return () => servers.forEach(server => server.destroy());
  }

  end() {
    this.cut();
    this.server.close();
  }
}

/** Runs the checks of one script one after another, and ends with 1 if one fails. Their names are printed as they pass. */
export async function run(checks) {
  const browser = await startBrowser();
  try {
    const only = process.argv[2] ?? '';
    for (const [name, check] of Object.entries(checks).filter(([name]) => name.includes(only))) {
      try {
        await check(browser);
      } catch (error) {
        for (const context of browser.contexts()) {
          for (const page of context.pages()) {
            console.error(`the page: ${(await page.innerText('body').catch(() => '')).slice(0, 3000)}\nits faults: ${page.faults}`);
          }
        }
        throw new Error(`${name}: ${error.stack}`);
      }
      for (const context of browser.contexts()) {
        for (const page of context.pages()) {
          expectEqual([], page.faults ?? [], `${name}: faults of a page`);
        }
        await context.close();
      }
      console.log(`passed: ${name}`);
    }
  } finally {
    await browser.close();
    servers.forEach(server => server.kill('SIGKILL'));
  }
  process.exit(0);
}

/** A client of lines or IRC: what netcat sends and prints. */
export class WireClient {
  constructor(port, ...first) {
    this.lines = [];
    this.waiting = [];
    this.socket = net.connect(port, '127.0.0.1');
    this.socket.setEncoding('utf8');
    let rest = '';
    this.socket.on('data', data => {
      const all = (rest + data).split(/\r?\n/);
      rest = all.pop();
      this.lines.push(...all);
      all.filter(line => line.startsWith('PING ')).forEach(line => this.send('PONG' + line.slice(4)));
      this.waiting = this.waiting.filter(check => !check());
    });
    this.socket.on('error', () => {});
    this.send(...first);
  }

  send(...lines) {
    lines.forEach(line => this.socket.write(line + '\r\n'));
  }

  /** Waits for a line that has the text. */
  async sees(text) {
    const isThere = () => this.lines.some(line => line.includes(text));
    if (!isThere()) {
      await new Promise((resolve, reject) => {
        const guard = setTimeout(() => reject(new Error(`no line with ${text} among:\n${this.lines.join('\n')}`)), GUARD_MS);
        this.waiting.push(() => isThere() && (clearTimeout(guard), resolve(), true));
      });
    }
  }

  end() {
    this.socket.destroy();
  }
}

/** Fails with all violations that axe finds. */
export async function expectAccessible(page, where) {
  // Trusted types would refuse the text of axe as a script of the page; the driver runs it without the page's policy.
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
  const nodesOf = one => one.nodes.slice(0, 5).map(node => `    ${node.html.slice(0, 200)}\n    ${node.failureSummary}`).join('\n');
  const words = violations.map(one => `${one.id} (${one.impact}): ${one.help}\n${nodesOf(one)}`);
  expect(violations.length === 0, `axe, ${where}:\n${words.join('\n')}`);
}

export function expect(isTrue, message) {
  if (!isTrue) {
    throw new Error(message);
  }
}

export function expectEqual(expected, actual, what) {
  const [one, other] = [JSON.stringify(expected), JSON.stringify(actual)];
  expect(one === other, `${what}:\nexpected ${one}\nactual   ${other}`);
}
