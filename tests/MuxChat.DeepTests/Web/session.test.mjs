import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Session } from '../../../src/MuxChat.Server/Web/session.js';
import { ModelClient, ModelServer } from './model-server.mjs';

/** A session on a model server; the test moves what is on the wire. */
class World extends ModelClient {
  constructor(options = {}) {
    super();
    this.said = []; // everything that was ever said in a room, in order
    this.server = new ModelServer({ ...options, onSaid: one => this.said.push(one) });
    this.ghosts = [];
    this.now = Date.UTC(2026, 10, 29);
    this.notes = [];
    this.session = new Session({
      send: frame => this.connection ? (this.connection.up.push(frame), true) : false,
      now: () => this.now,
      on: {
        changed() {}, phase() {}, ended() {},
        said: (room, line, isCall) => this.notes.push({ room: room.name, text: line.event.text, isCall }),
      },
    });
    this.bob = this.server.connect();
    this.server.rename(this.bob, 'bob');
    this.session.enter('alice', ['#tea']);
  }

  settle() {
    for (let moves = true; moves;) {
      this.server.sync();
      moves = this.up() || this.down();
    }
  }

  /** The connection breaks; the server may hear of it later, and still carry out what it has received. */
  cut() {
    if (this.connection) {
      this.ghosts.push(this.connection);
      this.connection = null;
      this.session.closed();
    }
  }

  bury() {
    for (const ghost of this.ghosts.splice(0)) {
      while (this.server.step(ghost)) { /* what it had received */ }
      if (!ghost.isGone) {
        this.server.leave(ghost, { type: 'quit', reason: 'connection reset' });
      }
    }
  }

  get tea() {
    return this.session.rooms.get('#tea');
  }

  bobSays(text, type = 'say') {
    const room = this.server.room('#tea');
    if (!this.bob.rooms.has(room)) {
      this.server.enter(this.bob, room);
    }
    this.server.execute(this.bob, { type, room: '#tea', text });
  }

  /** The room puts alice out; she may enter again. */
  putOut() {
    const room = this.server.room('#tea');
    this.server.publish(room, { type: 'kicked', from: 'bob', nick: 'alice' });
    room.members.delete(this.connection);
    this.connection.rooms.delete(room);
    this.settle();
  }

  /** Lets the session's clock run, second by second, as the page does. */
  wait(seconds) {
    for (let i = 0; i < seconds; i++) {
      this.now += 1000;
      this.session.comeback.tick();
      this.settle();
    }
  }

  texts(room = this.tea) {
    return room.lines.filter(line => line.event.type === 'said').map(line => line.event.text);
  }
}

function inRoom(options) {
  const world = new World(options);
  world.connect();
  world.settle();
  return world;
}

test('Entering_takes_the_nick_leaves_the_lobby_and_loads_the_past', () => {
  const world = new World();
  world.bobSays('before');
  world.connect();
  world.settle();
  assert.equal(world.session.phase, 'ready');
  assert.equal(world.session.nick, 'alice');
  assert.equal(world.session.textBytes, 256);
  assert.deepEqual(world.texts(), ['before']);
  assert.equal(world.tea.unread, 0);
  assert.ok(world.tea.isAtStart);
  assert.deepEqual([...world.tea.members.keys()].sort(), ['alice', 'bob']);
  assert.deepEqual([...world.session.rooms.keys()], ['#tea']);
});

test('An_own_line_is_shown_at_its_number_when_it_is_acknowledged', () => {
  const world = inRoom();
  world.session.say(world.tea, 'mine');
  world.bobSays('first');
  assert.equal(world.tea.pending.length, 1);
  world.settle();
  assert.deepEqual(world.texts(), ['first', 'mine']);
  assert.equal(world.tea.pending.length, 0);
});

test('An_answer_that_waits_for_the_disk_finds_the_place_of_its_line', () => {
  const world = inRoom({ isDurable: true });
  world.session.say(world.tea, 'mine');
  world.up();
  world.bobSays('later');
  while (world.down()) { /* all but the answer */ }
  assert.deepEqual(world.texts(), ['later']);
  world.settle();
  assert.deepEqual(world.texts(), ['mine', 'later']);
});

test('A_nick_that_is_taken_is_asked_for_again', () => {
  const world = new World();
  world.session.enter('Bob', ['#tea']);
  world.connect();
  world.settle();
  assert.equal(world.session.phase, 'naming');
  assert.equal(world.session.problem, 'nick_taken');
  world.session.enter('alice', []);
  world.settle();
  assert.equal(world.session.phase, 'ready');
  assert.deepEqual([...world.tea.members.keys()].sort(), ['alice']);
});

test('A_nick_of_the_broken_connection_is_taken_back_when_that_quits', () => {
  const world = inRoom();
  world.cut();
  world.connect();
  world.settle();
  assert.match(world.session.nick, /^guest-/);
  assert.equal(world.session.phase, 'ready');
  world.bury();
  world.settle();
  assert.equal(world.session.nick, 'alice');
});

test('A_nick_that_was_refused_is_not_wanted_and_its_lines_are_not_own', () => {
  const world = inRoom();
  world.session.ask({ type: 'nick', nick: 'bob' });
  world.settle();
  assert.match(world.session.view.last.event.text, /nick_taken/);
  assert.equal(world.session.wantedNick, 'alice');
  world.cut();
  world.bury();
  world.bobSays('alice: are you there?');
  world.connect();
  world.settle();
  assert.equal(world.session.nick, 'alice');
  assert.deepEqual([world.tea.unread, world.tea.mentioned], [1, 1]);
  assert.deepEqual(world.notes.at(-1), { room: '#tea', text: 'alice: are you there?', isCall: true });
  world.server.leave(world.bob, { type: 'quit', reason: '' });
  world.wait(60);
  assert.equal(world.session.nick, 'alice');
});

test('A_nick_that_was_refused_does_not_end_the_wait_for_the_own_one', () => {
  const world = inRoom();
  world.cut();
  world.connect();
  world.settle();
  world.session.ask({ type: 'nick', nick: 'bob' });
  world.settle();
  world.bury();
  world.wait(10);
  assert.equal(world.session.nick, 'alice');
});

test('A_nick_that_was_accepted_is_wanted_after_a_break_even_if_its_answer_was_lost', () => {
  for (const isAnswered of [true, false]) {
    const world = inRoom();
    world.session.ask({ type: 'nick', nick: 'al' });
    world.up();
    world.down();
    if (isAnswered) {
      world.settle();
    }
    world.cut();
    world.bury();
    world.connect();
    world.settle();
    assert.equal(world.session.nick, 'al');
  }
});

test('A_nick_that_is_chosen_while_the_own_one_is_taken_ends_the_wait', () => {
  const world = inRoom();
  world.cut();
  world.connect();
  world.settle();
  world.session.ask({ type: 'nick', nick: 'carol' });
  world.settle();
  world.bury();
  world.wait(10);
  assert.equal(world.session.nick, 'carol');
});

test('Lines_of_a_nick_that_another_person_has_are_not_own_after_a_reload', () => {
  const world = new World();
  world.bobSays('seen');
  world.bobSays('new');
  world.session.enter('bob', ['#tea'], '', true);
  const { epoch, last } = world.server.room('#tea');
  world.session.stored = { '#tea': [epoch, last - 1] };
  world.connect();
  world.settle();
  assert.match(world.session.nick, /^guest-/);
  assert.deepEqual(world.texts(), ['seen', 'new']);
  assert.equal(world.tea.unread, 1);
});

test('A_key_that_was_refused_does_not_replace_the_one_that_was_right', () => {
  const world = new World();
  world.session.stored = { '#tea': [1, 1] }; // of an earlier visit
  world.server.room('#tea').key = 'right';
  world.connect();
  world.settle();
  assert.ok(!world.tea.isJoined);
  for (const [key, isIn] of [['wrong', false], ['right', true]]) {
    world.session.join('#tea', key);
    world.settle();
    assert.equal(world.tea.isJoined, isIn, key);
  }
  world.putOut();
  for (const [key, isIn] of [['wrong', false], ['', true]]) {
    world.session.join('#tea', key);
    world.settle();
    assert.equal(world.tea.isJoined, isIn, `after being put out: ${key}`);
  }
  world.cut();
  world.bury();
  world.connect();
  world.settle();
  assert.ok(world.tea.isJoined);
});

test('A_room_that_was_refused_is_not_in_the_list_even_if_a_break_came_before_the_answer', () => {
  for (const hasBreak of [true, false]) {
    const world = inRoom();
    world.server.room('#closed').key = 'right';
    world.session.join('#closed', 'wrong');
    if (hasBreak) {
      world.cut();
      world.bury();
      world.connect();
    }
    world.settle();
    assert.deepEqual([...world.session.rooms.keys()], ['#tea']);
    assert.match(world.tea.last.event.text, /^#closed: bad_key/);
  }
});

test('A_room_with_a_key_is_entered_after_a_break_that_came_before_the_answer', () => {
  const world = inRoom();
  world.server.room('#closed').key = 'right';
  world.session.join('#closed', 'right');
  world.cut();
  world.bury();
  world.connect();
  world.settle();
  assert.ok(world.session.rooms.get('#closed').isJoined);
});

test('A_password_typed_later_does_not_replace_the_one_that_was_accepted', () => {
  const world = inRoom();
  world.session.password = 'sesame';
  world.session.ask({ type: 'pass', password: 'wrong' });
  world.settle();
  assert.equal(world.session.password, 'sesame');
});

test('What_was_missed_comes_in_order_however_many_answers_it_takes', () => {
  const world = inRoom({ answers: 3 });
  world.bobSays('seen');
  world.settle();
  world.cut();
  world.bury();
  const missed = Array.from({ length: 20 }, (_, i) => `missed ${i}`);
  missed.forEach(text => world.bobSays(text));
  world.connect();
  world.settle();
  world.bobSays('after');
  world.settle();
  assert.deepEqual(world.texts(), ['seen', ...missed, 'after']);
  assert.equal(world.tea.unread, 22);
});

test('A_break_within_a_resume_loses_nothing', () => {
  for (let steps = 0; steps < 60; steps++) {
    const world = inRoom({ answers: 3 });
    world.cut();
    world.bury();
    const missed = Array.from({ length: 10 }, (_, i) => `missed ${i}`);
    missed.forEach(text => world.bobSays(text));
    world.connect();
    for (let i = 0; i < steps; i++) {
      world.up();
      world.down();
    }
    world.bobSays('meanwhile');
    world.cut();
    world.bury();
    world.connect();
    world.settle();
    assert.deepEqual(world.texts(), [...missed, 'meanwhile'], `cut after ${steps} steps`);
  }
});

test('A_line_that_may_have_been_said_is_not_sent_again_and_is_found_when_it_was', () => {
  for (const arrives of [true, false]) {
    const world = inRoom();
    world.session.say(world.tea, 'perhaps');
    if (arrives) {
      world.up();
    } else {
      world.connection.up.length = 0;
    }
    world.cut();
    world.bury();
    assert.equal(world.tea.pending[0].state, 'unsure');
    world.connect();
    world.settle();
    assert.deepEqual(world.said.map(one => one.text), arrives ? ['perhaps'] : []);
    assert.deepEqual(world.texts(), arrives ? ['perhaps'] : []);
    assert.equal(world.tea.pending.length, arrives ? 0 : 1);
    if (!arrives) {
      world.session.sayAgain(world.tea, world.tea.pending[0]);
      world.settle();
      assert.deepEqual(world.texts(), ['perhaps']);
    }
  }
});

test('A_line_of_the_broken_connection_that_is_said_after_the_return_is_recognised', () => {
  const world = inRoom();
  world.session.say(world.tea, 'late');
  world.cut();
  world.connect();
  world.settle();
  assert.equal(world.tea.pending[0].state, 'unsure');
  world.bury();
  world.settle();
  assert.deepEqual(world.texts(), ['late']);
  assert.equal(world.tea.pending.length, 0);
});

test('A_line_typed_without_a_connection_is_sent_once_after_the_return', () => {
  const world = inRoom();
  world.cut();
  world.bury();
  world.session.say(world.tea, 'offline');
  world.bobSays('meanwhile');
  world.connect();
  world.settle();
  assert.deepEqual(world.texts(), ['meanwhile', 'offline']);
});

test('A_forgotten_past_is_a_gap_below_the_old_lines', () => {
  const world = inRoom();
  world.bobSays('old');
  world.settle();
  world.cut();
  world.server.crash(true);
  world.bob = world.server.connect();
  world.bobSays('new');
  world.connect();
  world.settle();
  assert.deepEqual(world.tea.lines.filter(line => ['said', 'gap'].includes(line.event.type))
    .map(line => line.event.type === 'gap' ? 'GAP' : line.event.text),
    ['old', 'GAP', 'new']);
});

test('A_member_who_was_put_out_enters_again_and_misses_nothing', () => {
  const world = inRoom();
  world.putOut();
  assert.ok(!world.tea.isJoined);
  world.session.say(world.tea, 'refused');
  assert.equal(world.tea.pending[0].state, 'failed');
  world.bobSays('behind the back');
  world.session.join('#tea');
  world.settle();
  assert.ok(world.tea.isJoined);
  assert.deepEqual(world.texts(), ['behind the back']);
});

test('Private_messages_have_a_view_and_follow_a_new_nick', () => {
  const world = inRoom();
  world.session.received({ type: 'msg', from: 'bob', to: 'alice', text: 'psst', time: '2026-11-29T10:00:00.000Z' });
  const view = world.session.rooms.get('bob');
  assert.deepEqual([view.unread, view.mentioned], [1, 1]);
  assert.deepEqual(world.notes.at(-1), { room: 'bob', text: 'psst', isCall: true });
  world.server.rename(world.bob, 'rob');
  world.session.received({ type: 'renamed', from: 'bob', to: 'rob', time: '2026-11-29T10:00:00.000Z' });
  assert.equal(world.session.rooms.get('rob'), view);
  world.session.say(view, 'yes?');
  world.settle();
  assert.deepEqual(world.texts(view), ['psst', 'yes?']);
});

test('A_first_room_that_is_refused_is_not_kept_and_the_lobby_says_why', () => {
  const world = new World();
  world.session.rooms.clear();
  world.session.view = null;
  world.session.enter('alice', ['#my room']);
  world.connect();
  world.settle();
  assert.deepEqual([...world.session.rooms.keys()], ['#lobby']);
  assert.equal(world.session.view.name, '#lobby');
  assert.equal(world.session.view.lines.at(-1).event.text, '#my room: bad_room');
});

test('A_room_of_an_earlier_visit_that_is_refused_now_is_kept', () => {
  const world = new World();
  world.session.stored = { '#my room': [1, 1] };
  world.session.enter('alice', ['#my room']);
  world.connect();
  world.settle();
  assert.deepEqual([...world.session.rooms.keys()], ['#tea', '#my room']);
});

test('A_conversation_with_nobody_ends_and_the_view_before_is_back', () => {
  const world = inRoom();
  world.session.join('#aaa');
  world.settle();
  world.session.look(world.tea);
  const view = world.session.room('nobody');
  world.session.look(view);
  world.session.say(view, 'hi');
  world.settle();
  assert.equal(world.session.view, world.tea);
  assert.ok(!world.session.rooms.has('nobody'));
  assert.equal(world.tea.lines.at(-1).event.text, 'nobody: unknown_nick');
});

test('A_conversation_with_lines_stays_when_its_other_is_gone', () => {
  const world = inRoom();
  world.session.received({ type: 'msg', from: 'gone', to: 'alice', text: 'psst', time: '2026-11-29T10:00:00.000Z' });
  const view = world.session.rooms.get('gone');
  world.session.say(view, 'yes?');
  world.settle();
  assert.equal(view.pending[0].state, 'failed');
  assert.ok(world.session.rooms.has('gone'));
});

/**
 * Random lives: lines, breaks, ghosts, crashes, a disk that is late. In the end every line that the server still remembers since the
 * first visit is shown once, in order, and no line was said more often than a person asked.
 */
function live(seed) {
  let state = seed;
  const next = bound => (state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9 >>> 0) % bound;
  const world = inRoom({ remembers: 15 + next(40), answers: 2 + next(10), isDurable: next(2) === 0 });
  const asked = new Map();
  const ask = text => asked.set(text, (asked.get(text) ?? 0) + 1);
  const actions = [
    () => world.up(), () => world.up(), () => world.up(), () => world.down(), () => world.down(), () => world.down(),
    () => world.bobSays(`bob ${next(1000)}`),
    () => {
      const text = `alice ${next(20)}`;
      ask(text);
      world.session.say(world.tea, text);
    },
    () => world.server.sync(),
    () => next(4) === 0 && world.cut(),
    () => next(2) === 0 && world.bury(),
    () => world.connection || world.connect(),
    () => world.session.older(world.tea),
    () => {
      world.now += 1000;
      world.session.comeback.tick();
    },
    () => {
      const own = world.tea.pending.find(one => one.state === 'unsure' && world.session.phase === 'ready');
      if (own && next(3) === 0) {
        ask(own.text);
        world.session.sayAgain(world.tea, own);
      }
    },
    () => {
      if (next(60) === 0) {
        world.server.crash(next(3) === 0);
        world.cut();
        world.bob = world.server.connect();
      }
    },
  ];
  for (let i = 0; i < 400; i++) {
    actions[next(actions.length)]();
  }
  world.cut();
  world.bury();
  world.connect();
  world.settle();
  check(world, asked);
}

function check(world, asked) {
  const server = world.server.room('#tea');
  const shown = world.tea.lines.filter(line => line.epoch !== null);
  const keys = shown.map(line => `${line.epoch}:${line.seq}`);
  assert.equal(new Set(keys).size, keys.length, 'a line is shown twice');
  for (let i = 1; i < shown.length; i++) {
    assert.ok(shown[i].series > shown[i - 1].series || shown[i].seq > shown[i - 1].seq, 'the lines are out of order');
  }
  const oldest = shown.filter(line => line.series === world.tea.series)[0].seq;
  for (const event of server.log) {
    assert.ok(event.seq < oldest || keys.includes(`${event.epoch}:${event.seq}`), `${event.type} ${event.epoch}:${event.seq} is not shown`);
  }
  for (const line of shown.filter(one => one.event.type === 'said')) {
    assert.ok(world.said.some(one => one.epoch === line.epoch && one.seq === line.seq && one.text === line.event.text),
      'a line was never said');
  }
  for (const [text, times] of asked) {
    const said = world.said.filter(one => one.text === text).length;
    const pending = world.tea.pending.filter(one => one.text === text).length;
    assert.ok(said <= times, `"${text}" was asked for ${times} times and said ${said} times`);
    assert.ok(said + pending >= (asked.get(text) > 0 ? 1 : 0), `"${text}" is neither said nor marked`);
  }
  assert.ok(world.tea.pending.every(own => own.state === 'unsure' || own.state === 'failed'), 'a line waits for ever');
}

test('Lives_with_breaks_and_crashes_lose_nothing_and_show_nothing_twice', () => {
  const [from, to] = (process.env.SEEDS ?? '1-1500').split('-').map(Number);
  for (let seed = from; seed <= (to ?? from); seed++) {
    try {
      live(seed);
    } catch (error) {
      throw new Error(`SEEDS=${seed} node --test session.test.mjs: ${error.stack}`);
    }
  }
});
