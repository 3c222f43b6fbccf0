import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { parse } from '../../../src/MuxChat.Server/Web/commands.js';
import { Files } from '../../../src/MuxChat.Server/Web/files.js';
import { Session } from '../../../src/MuxChat.Server/Web/session.js';
import { rowsOf, textOf } from '../../../src/MuxChat.Server/Web/state.js';
import { sizeOf } from '../../../src/MuxChat.Server/Web/text.js';
import { ModelClient, ModelServer } from './model-server.mjs';

/** Elements of a document that has no more than the module uses. */
globalThis.document = {
  createElement: tag => ({ tag, children: [], append(...more) { this.children.push(...more); }, click() { clicked.push(this); } }),
};
const clicked = [];

const turn = () => new Promise(resolve => setImmediate(resolve));
const CONTENT = 'The content of a file that has five chunks: 48 b';
const fileOf = (content = CONTENT, name = 'a.txt') => new File([content], name);
const hashOf = content => createHash('sha256').update(content).digest('hex');

/** A member who shares files, on a model server; the test moves what is on the wire. */
class World extends ModelClient {
  constructor() {
    super();
    this.server = new ModelServer();
    this.spoken = [];
    this.heard = [];
    this.session = new Session({
      send: frame => this.connection ? (this.connection.up.push(structuredClone(frame)), true) : false,
      on: {
        changed() {}, phase() {}, ended() {},
        said: (room, line, isCall) => this.heard.push({ text: textOf(line.event), isCall }),
        upload: (room, own) => this.files.send(room, own),
      },
    });
    this.files = new Files(this.session, text => this.spoken.push(text));
    this.bob = this.server.connect();
    this.server.rename(this.bob, 'bob');
    this.server.enter(this.bob, this.server.room('#tea'));
    this.session.enter('alice', ['#tea']);
  }

  static async inRoom() {
    const world = new World();
    world.connect();
    await world.settle();
    world.session.look(world.tea);
    return world;
  }

  /** The connection breaks, and the server hears of it. */
  cut() {
    const { connection } = this;
    this.connection = null;
    this.session.closed();
    this.server.leave(connection, { type: 'quit', reason: 'reset' });
  }

  /** Moves all that is on the wire, until nothing comes any more and no file is on its way, or `isEnough()`. */
  async settle(isEnough = () => false) {
    const isSending = () => [...this.session.rooms.values()].some(room => room.pending.some(own => own.state === 'sent'));
    for (let idle = 0; (idle < 20 || isSending()) && !isEnough();) {
      const moved = this.up() || this.down();
      idle = moved ? 0 : idle + 1;
      await turn();
    }
  }

  /** Moves until the server has so many bytes of the upload. */
  async untilHas(bytes) {
    await this.settle(() => [...this.server.uploads.values()].some(one => one.data.length >= bytes));
    assert.ok([...this.server.uploads.values()].some(one => one.data.length >= bytes), 'the upload has begun');
  }

  /** Another member shares a file. */
  bobShares(name, fields = {}) {
    this.server.publish(this.server.room('#tea'),
      { type: 'shared', from: 'bob', number: 7, file: 'f7', name, size: 2048, sha256: '', link: `/files/f7/${name}`, ...fields });
  }

  get tea() {
    return this.session.rooms.get('#tea');
  }

  get shared() {
    return this.tea.lines.filter(line => line.event.type === 'shared').map(line => line.event.name);
  }

  get notes() {
    return this.tea.lines.filter(line => line.event.type === 'note').map(line => line.event.text);
  }
}

test('A_file_goes_whole_and_is_a_line_of_its_own_at_the_end', async () => {
  const world = await World.inRoom();
  world.files.share([fileOf()]);
  assert.deepEqual(world.tea.pending.map(own => [own.text, own.state]), [['a.txt (48 bytes)', 'sent']]);
  await world.settle();
  assert.deepEqual(world.server.files.map(one => [one.name, one.data, one.sha256]), [['a.txt', CONTENT, hashOf(CONTENT)]]);
  assert.deepEqual(world.shared, ['a.txt']);
  assert.deepEqual(world.tea.pending, []);
  assert.deepEqual(world.spoken, ['a.txt (48 bytes): shared']);
  assert.equal(world.tea.unread, 0);
});

test('Files_go_one_after_another_and_an_empty_one_too', async () => {
  const world = await World.inRoom();
  let most = 0;
  world.files.share([fileOf('one', '1'), fileOf('', '2'), fileOf(CONTENT, '3')]);
  await world.settle(() => {
    most = Math.max(most, world.server.uploads.size);
    return false;
  });
  assert.deepEqual(world.shared, ['1', '2', '3']);
  assert.equal(most, 1);
});

test('The_bar_follows_the_answers_and_at_most_four_chunks_wait', async () => {
  const world = await World.inRoom();
  const values = [];
  world.files.share([fileOf('x'.repeat(200))]);
  const [own] = world.tea.pending;
  const [bar] = world.files.bar(world.tea, own);
  assert.deepEqual([bar.max, bar.value, bar.ariaLabel], [200, 0, 'Sent of a.txt']);
  let most = 0;
  let sent = 0;
  while (world.tea.pending.length) {
    sent += world.connection.up.filter(frame => frame.type === 'chunk' && !frame.isSeen && (frame.isSeen = true)).length;
    most = Math.max(most, sent - values.length);
    world.up();
    await turn();
    const before = bar.value;
    world.down();
    await turn();
    if (bar.value !== before) {
      values.push(bar.value);
    }
  }
  assert.deepEqual(values, Array.from({ length: 20 }, (_, i) => (i + 1) * 10));
  assert.equal(most, 4);
});

test('An_upload_goes_on_where_it_was_after_a_break_if_its_hash_is_known', async () => {
  for (const isHashed of [true, false]) {
    const world = await World.inRoom();
    const { subtle } = crypto;
    Object.defineProperty(crypto, 'subtle', { value: isHashed ? subtle : undefined, configurable: true });
    world.files.share([fileOf()]);
    await world.untilHas(20);
    world.cut();
    await turn();
    assert.equal(world.tea.pending[0].state, 'waiting');
    const [broken] = world.server.uploads.values();
    const had = broken.data.length;
    world.connect();
    const offsets = [];
    await world.settle(() => {
      offsets.push(...world.connection.up.filter(frame => frame.type === 'chunk').map(frame => frame.offset));
      return false;
    });
    Object.defineProperty(crypto, 'subtle', { value: subtle, configurable: true });
    assert.equal(Math.min(...offsets), isHashed ? had : 0);
    assert.deepEqual(world.server.files.map(one => one.data), [CONTENT]);
    assert.deepEqual(world.shared, ['a.txt']);
    assert.deepEqual(world.tea.pending, []);
  }
});

test('A_file_whose_answer_was_lost_is_not_shared_twice', async () => {
  const world = await World.inRoom();
  world.files.share([fileOf()]);
  while (!world.server.files.length) {
    if (!world.up()) {
      world.down();
    }
    await turn();
  }
  assert.equal(world.server.files.length, 1);
  world.cut();
  world.connect();
  await world.settle();
  assert.deepEqual(world.tea.pending, []);
  assert.deepEqual(world.shared, ['a.txt']);
  assert.equal(world.server.files.length, 1);
  assert.ok(world.tea.lines.find(line => line.event.type === 'shared').event.isOwn);
});

test('A_cancelled_upload_ends_on_the_server_and_the_next_file_goes_on', async () => {
  const world = await World.inRoom();
  world.files.share([fileOf(), fileOf('next', 'next')]);
  await world.untilHas(20);
  const [own] = world.tea.pending;
  const [, , cancel] = world.files.bar(world.tea, own);
  cancel.onclick();
  await world.settle();
  assert.deepEqual(world.shared, ['next']);
  assert.equal(world.server.uploads.size, 0);
  assert.deepEqual(world.notes, []);
});

test('Leaving_the_room_cancels_its_uploads', async () => {
  const world = await World.inRoom();
  world.files.share([fileOf()]);
  await world.untilHas(20);
  world.session.part('#tea');
  await world.settle();
  assert.deepEqual([world.server.files, world.server.uploads.size], [[], 0]);
});

test('An_upload_that_the_server_or_the_browser_refuses_says_why_and_can_be_sent_again', async () => {
  const world = await World.inRoom();
  const gone = fileOf('gone', 'gone');
  Object.defineProperty(gone, 'arrayBuffer', { value: () => Promise.reject(new Error('gone')) });
  world.files.share([fileOf('x'.repeat(2000), 'large'), fileOf('y', 'wrong'), gone, fileOf('fine', 'fine')]);
  await world.settle();
  assert.deepEqual(world.tea.pending.map(own => [own.file.name, own.state, own.why]), [
    ['large', 'failed', 'file_too_large'], ['wrong', 'failed', 'wrong_hash'], ['gone', 'failed', 'The browser cannot read the file.'],
  ]);
  assert.deepEqual(world.shared, ['fine']);
  assert.deepEqual(world.spoken.slice(0, 2), ['large (2 KB): file_too_large', 'wrong (1 byte): wrong_hash']);
  world.session.sayAgain(world.tea, world.tea.pending[0]);
  assert.deepEqual(world.tea.pending.map(own => own.state), ['failed', 'failed', 'sent']);
  await world.settle();
  assert.equal(world.tea.pending[2].why, 'file_too_large');
});

test('Files_of_a_private_conversation_and_too_many_at_once_are_refused', async () => {
  const world = await World.inRoom();
  world.files.share(Array.from({ length: 21 }, () => fileOf()));
  assert.match(world.notes.at(-1), /21 files: at most 20/);
  const bob = world.session.room('bob');
  world.session.look(bob);
  world.files.share([fileOf()]);
  assert.match(bob.last.event.text, /shared in rooms/);
  assert.deepEqual([...world.tea.pending, ...bob.pending], []);
});

test('A_file_that_waits_for_a_connection_goes_when_there_is_one', async () => {
  const world = await World.inRoom();
  world.cut();
  world.files.share([fileOf()]);
  assert.equal(world.tea.pending[0].state, 'waiting');
  world.connect();
  await world.settle();
  assert.deepEqual(world.shared, ['a.txt']);
});

test('A_shared_file_counts_as_a_line_and_calls_when_its_name_names_the_reader', async () => {
  const world = await World.inRoom();
  world.bobShares('plan.pdf');
  world.bobShares('for alice.pdf', { file: 'f8' });
  await world.settle();
  assert.deepEqual([world.tea.unread, world.tea.mentioned], [2, 1]);
  assert.deepEqual(world.heard.slice(-2),
    [{ text: 'bob shared plan.pdf', isCall: false }, { text: 'bob shared for alice.pdf', isCall: true }]);
  assert.deepEqual(rowsOf(world.tea).slice(-2).map(row => row.type), ['line', 'line']);
});

test('History_and_what_was_missed_show_the_same_files_once', async () => {
  const world = new World();
  world.bobShares('before');
  world.connect();
  await world.settle();
  assert.deepEqual(world.shared, ['before']);
  world.cut();
  world.bobShares('missed', { file: 'f8' });
  world.connect();
  await world.settle();
  assert.deepEqual(world.shared, ['before', 'missed']);
  assert.equal(world.tea.unread, 1);
});

test('A_link_is_asked_for_when_it_is_followed_and_has_the_key_of_this_connection', async () => {
  const world = await World.inRoom();
  world.files.share([fileOf('x', 'a b#?.txt')]);
  await world.settle();
  const { event } = world.tea.lines.find(line => line.event.type === 'shared');
  // The number in an old announcement may be another file's now.
  const link = world.files.element({ ...event, number: 99 }).children.find(child => child.tag === 'a');
  assert.deepEqual([link.href, link.download, link.rel], [`files/${event.file}/a%20b%23%3F.txt`, 'a b#?.txt', 'noopener']);
  let isPrevented = false;
  link.onclick({ preventDefault: () => isPrevented = true });
  await world.settle();
  assert.ok(isPrevented);
  const { href, download } = clicked.pop();
  assert.deepEqual([href, download], [`files/${event.file}/a b#?.txt?for=alice`, 'a b#?.txt']);
  world.files.get({ number: 99 });
  await world.settle();
  assert.deepEqual(world.notes, ['unknown_file']);
  world.cut();
  world.files.get({ number: 1 });
  assert.match(world.notes.at(-1), /no connection/);
  assert.deepEqual(clicked, []);
});

test('A_picture_of_a_closed_room_is_asked_for_once_and_the_next_has_the_key_at_once', async () => {
  const world = await World.inRoom();
  world.files.share([fileOf('x', 'red.png')]);
  await world.settle();
  const event = { ...world.tea.lines.find(line => line.event.type === 'shared').event, image: 'image/png' };
  const pictureOf = fields => {
    const link = world.files.element({ ...event, number: 99, ...fields }).children.find(child => child.tag === 'a');
    return link.children.find(child => child.tag === 'img');
  };
  const picture = pictureOf();
  assert.deepEqual([picture.src, picture.loading, picture.alt], [`files/${event.file}/red.png`, 'lazy', 'Picture red.png']);
  picture.onerror();
  await world.settle();
  assert.deepEqual([picture.src, picture.onerror], [`files/${event.file}/red.png?for=alice`, null]);
  assert.equal(pictureOf().src, `files/${event.file}/red.png?for=alice`);
  assert.equal(pictureOf({ image: undefined }), undefined, 'no image');
  assert.equal(pictureOf({ size: 4 * 1024 * 1024 + 1 }), undefined, 'a large image');
  assert.deepEqual(world.notes, []);
});

test('The_list_has_all_its_parts', async () => {
  const world = await World.inRoom();
  world.files.share([fileOf('x', 'one'), fileOf('xx', 'two'), fileOf('xxx', 'three')]);
  await world.settle();
  world.files.list('#tea');
  await world.settle();
  const lines = ['1. one (1 byte) from alice', '2. two (2 bytes) from alice', '3. three (3 bytes) from alice'];
  assert.deepEqual(world.notes, [['3 files in #tea. /get NUMBER downloads one.', ...lines].join('\n')]);
});

test('Commands_list_files_and_get_one', () => {
  const room = { isRoom: true, name: '#tea' };
  assert.deepEqual(parse('/files', room), { local: 'files', room: '#tea' });
  assert.deepEqual(parse('/files #cake', { isRoom: false }), { local: 'files', room: '#cake' });
  assert.ok(parse('/files', { isRoom: false }).error);
  assert.deepEqual(parse('/get 12', room), { local: 'get', number: 12 });
  assert.deepEqual(parse('/get it', room), { local: 'get', number: 0 });
});

test('A_size_is_said_as_the_server_says_it', () => {
  assert.deepEqual([0, 1, 1023, 1024, 1025, 5_000_000, 5 * 1024 ** 3].map(sizeOf),
    ['0 bytes', '1 byte', '1,023 bytes', '1 KB', '2 KB', '5 MB', '5 GB']);
});
