// A day in a room: the page, muxchat talk and irssi on real screens, and a program on frames, with files, through a crash of the server.

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GUARD_MS, enter, expect, expectEqual, linesOf, run, say, seesLine, startServer, until } from './browser.mjs';

const [program, ...words] = JSON.parse(process.env.PAGE_SERVER);
const folder = mkdtempSync(path.join(tmpdir(), 'day-'));
const socket = path.join(folder, 'tmux');
const tmux = (...args) => execFileSync('tmux', ['-u', '-f', '/dev/null', '-S', socket, ...args],
  { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
process.on('exit', () => {
  try {
    tmux('kill-server');
  } catch {
    // It ended before.
  }
  rmSync(folder, { recursive: true, force: true });
});

/** A program on a terminal of its own, 200 columns wide. */
class Screen {
  constructor(name, command) {
    this.name = name;
    tmux('new-session', '-d', '-s', name, '-x', '200', '-y', '50', '-c', folder, `exec env LANG=C.UTF-8 TZ=UTC TERM=xterm ${command}`);
  }

  get text() {
    return tmux('capture-pane', '-p', '-t', this.name);
  }

  type(line) {
    tmux('send-keys', '-t', this.name, '-l', line);
    tmux('send-keys', '-t', this.name, 'Enter');
  }

  /** Waits until the screen has this, and returns it. */
  async sees(pattern) {
    for (const end = Date.now() + GUARD_MS; ;) {
      const found = pattern.exec(this.text);
      if (found) return found[0];
      expect(Date.now() < end, `the screen of ${this.name} has no ${pattern}:\n${this.text}`);
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
}

/** A program on frames, which comes back by itself. */
class Frames {
  #rest = Buffer.alloc(0);
  #waiting = [];
  received = [];
  #lastId = 0;

  constructor(port, nick, room) {
    this.socket = net.connect(port, '127.0.0.1');
    this.socket.on('error', () => {});
    this.socket.on('data', data => this.#read(data));
    this.ask({ type: 'nick', nick });
    this.ask({ type: 'join', room });
  }

  #read(data) {
    this.#rest = Buffer.concat([this.#rest, data]);
    while (this.#rest.length >= 4 && this.#rest.length >= 4 + this.#rest.readUInt32BE()) {
      const end = 4 + this.#rest.readUInt32BE();
      this.received.push(JSON.parse(this.#rest.subarray(4, end)));
      this.#rest = this.#rest.subarray(end);
      if (this.received.at(-1).type === 'ping') this.ask({ type: 'pong' });
    }
    this.#waiting = this.#waiting.filter(check => !check());
  }

  ask(frame) {
    const id = ++this.#lastId;
    const json = Buffer.from(JSON.stringify({ ...frame, id }));
    const header = Buffer.alloc(4);
    header.writeUInt32BE(json.length);
    this.socket.write(Buffer.concat([header, json]));
    return id;
  }

  sees(isWanted) {
    return new Promise((resolve, reject) => {
      const guard = setTimeout(() => reject(new Error(`no such frame: ${isWanted}`)), GUARD_MS);
      const check = () => {
        const found = this.received.find(isWanted);
        if (found) {
          clearTimeout(guard);
          resolve(found);
        }
        return !!found;
      };
      if (!check()) this.#waiting.push(check);
    });
  }

  async get(number) {
    const id = this.ask({ type: 'get', number });
    await this.sees(frame => frame.type === 'ok' && frame.id === id);
    return Buffer.concat(this.received.filter(({ type, data }) => type === 'chunk' && data).map(({ data }) => Buffer.from(data, 'base64')));
  }
}

const irssiConfig = port => `
servers = ( { address = "127.0.0.1"; chatnet = "day"; port = "${port}"; autoconnect = "yes"; } );
chatnets = { day = { type = "IRC"; }; };
channels = ( { name = "#day"; chatnet = "day"; autojoin = "yes"; } );
settings = { core = { real_name = "Ivy"; user_name = "ivy"; nick = "ivy"; server_reconnect_time = "10s"; }; };
`;

const hears = {
  page: (page, text) => seesLine(page, text),
  talk: (talk, text) => talk.sees(new RegExp(`> ${text}`)),
  irssi: (irssi, text) => irssi.sees(new RegExp(`> ${text}`)),
  frames: (frames, text) => frames.sees(frame => frame.text === text),
};

await run({
  'a page, muxchat talk, irssi and frames talk, share files, and come back after a crash of the server': async browser => {
    const options = ['--data', path.join(folder, 'data'), '--flood', 'off', '--max-file-mb', '8'];
    let server = await startServer({ options });
    const { port, url } = server;
    const home = path.join(folder, 'irssi');
    mkdirSync(home);
    writeFileSync(path.join(home, 'config'), irssiConfig(port));
    const page = await enter(browser, url, 'pat', '#day');
    const talk = new Screen('talk', [program, ...words, 'talk', `127.0.0.1:${port}`, '--room', 'day', '--nick', 'tess'].join(' '));
    await talk.sees(/tess joined/);
    const irssi = new Screen('irssi', `irssi --home=${home}`);
    await talk.sees(/ivy joined/);
    irssi.type('/window goto #day');
    let frames = new Frames(port, 'fred', '#day');
    await talk.sees(/fred joined/);

    const all = async text => {
      await Promise.all([hears.page(page, text), hears.talk(talk, text), hears.irssi(irssi, text)]);
    };
    const everyoneTalks = async day => {
      talk.type(`talk on ${day}`);
      await all(`talk on ${day}`);
      irssi.type(`irssi on ${day}`);
      await all(`irssi on ${day}`);
      await say(page, `page on ${day}`);
      await all(`page on ${day}`);
      await hears.frames(frames, `page on ${day}`);
      frames.ask({ type: 'say', room: '#day', text: `frames on ${day}` });
      await all(`frames on ${day}`);
    };
    await everyoneTalks('Monday');

    // From the page to everybody.
    const photo = randomBytes(300_000);
    await page.setInputFiles('#files', { name: 'photo 1.bin', mimeType: 'application/octet-stream', buffer: photo });
    await talk.sees(/pat shared photo 1.bin/);
    talk.type('/get 1');
    await talk.sees(/saved/);
    expectEqual(0, photo.compare(readFileSync(path.join(folder, 'photo 1.bin'))), 'the file in talk');
    const link = await irssi.sees(/\/files\/[0-9a-f]{32}\/\S+/);
    const fetched = async () => Buffer.from(await (await fetch(new URL(link, url))).arrayBuffer());
    expectEqual(0, photo.compare(await fetched()), 'the file by the link that irssi shows');
    expectEqual(0, photo.compare(await frames.get(1)), 'the file on frames');

    // And back.
    const report = randomBytes(200_000);
    writeFileSync(path.join(folder, 'report.bin'), report);
    talk.type('/share report.bin');
    await until(page, () => [...document.querySelectorAll('#lines .line a[download]')].some(one => one.textContent === 'report.bin'));
    const [saved] = await Promise.all([page.waitForEvent('download'), page.click('#lines a[download="report.bin"]')]);
    expectEqual(0, report.compare(readFileSync(await saved.path())), 'the file on the page');
    await irssi.sees(/-tess:#day- shared report.bin/);

    await server.kill();
    await talk.sees(/no connection|not connected|connection/i);
    talk.type('typed while there was no server');
    server = await startServer({ port, options });
    await all('typed while there was no server');
    frames = new Frames(port, 'fred', '#day');
    await everyoneTalks('Tuesday');
    const told = (await linesOf(page)).filter(line => / on |typed while/.test(line));
    expectEqual(['talk on Monday', 'irssi on Monday', 'page on Monday', 'frames on Monday', 'typed while there was no server',
      'talk on Tuesday', 'irssi on Tuesday', 'page on Tuesday', 'frames on Tuesday'], told, 'the lines of the page');
    expectEqual(0, photo.compare(await fetched()), 'the link after the crash');
    talk.type('/quit');
    irssi.type('/quit');
  },
});
