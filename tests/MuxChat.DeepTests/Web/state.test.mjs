import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_LINES, Room, rowsOf, summaryOf, textOf } from '../../../src/MuxChat.Server/Web/state.js';

const at = minute => `2026-11-29T10:${String(minute).padStart(2, '0')}:00.000Z`;
const said = (seq, from = 'bob', text = `line ${seq}`, time = at(seq % 60)) => ({ type: 'said', seq, from, text, time });
const seqsOf = room => room.lines.filter(line => line.epoch !== null).map(line => line.seq);
const kindsOf = room => rowsOf(room).map(row => row.type);

function roomWith(...events) {
  const room = new Room('#tea', true);
  room.epoch = 1;
  events.forEach(event => room.insert(event, 1));
  return room;
}

test('Lines_have_the_order_of_their_numbers_and_come_once', () => {
  const room = roomWith(said(5), said(3), said(9), said(4));
  assert.equal(room.insert(said(5), 1), null);
  assert.ok(room.insert(said(5), 2), 'another epoch has numbers of its own');
  assert.deepEqual(seqsOf(room), [3, 4, 5, 5, 9]);
});

test('A_removed_line_is_dropped_and_its_number_stays_known', () => {
  const room = roomWith(said(1), said(2), said(3));
  room.insert(said(2, 'bob', 'of another epoch'), 2);
  const redact = { type: 'redact', seq: 4, from: 'ann', target: 2, target_epoch: 1, reason: 'spam', time: at(4) };
  room.insert(redact, 1);
  assert.deepEqual(room.lines.map(line => line.event.text ?? textOf(line.event)),
    ['line 1', 'of another epoch', 'line 3', 'ann removed a line: spam']);
  assert.equal(room.insert(said(2), 1), null);
  assert.equal(textOf({ type: 'erased', from: 'bob' }), 'A line of bob was removed');
});

test('A_line_far_above_the_end_finds_its_place', () => {
  const room = roomWith(...Array.from({ length: 500 }, (_, i) => said(2 * i)));
  room.insert(said(101), 1);
  room.insert(said(1001), 1);
  room.insert(said(-1), 1);
  assert.deepEqual(seqsOf(room), seqsOf(room).toSorted((a, b) => a - b));
});

test('A_note_stays_after_the_line_it_followed', () => {
  const room = roomWith(said(1));
  room.note({ type: 'note', text: 'a' });
  room.note({ type: 'note', text: 'b' });
  room.insert(said(3), 1);
  room.insert(said(2), 1);
  assert.deepEqual(room.lines.map(line => line.event.text), ['line 1', 'a', 'b', 'line 2', 'line 3']);
});

test('A_series_begins_below_the_old_lines_and_the_past_goes_to_the_series_it_belongs_to', () => {
  const room = roomWith(said(50), said(51), said(52));
  room.beginSeries('forgotten');
  room.epoch = 2;
  room.insert(said(51), 2); // after a crash that lost two events
  room.insertPast([49, 50, 51].map(seq => ({ ...said(seq), epoch: seq === 51 ? 2 : 1 })));
  assert.deepEqual(room.lines.map(line => line.event.type === 'gap' ? 'gap' : `${line.epoch}:${line.seq}`),
    ['1:49', '1:50', '1:51', '1:52', 'gap', '2:51']);
});

test('A_remade_room_with_smaller_numbers_is_below_the_gap', () => {
  const room = roomWith(said(50));
  room.beginSeries('forgotten');
  room.epoch = 2;
  room.insert(said(7), 2);
  room.insertPast([5, 6].map(seq => ({ ...said(seq), epoch: 2 })));
  assert.deepEqual(room.lines.map(line => line.seq), [50, 0, 5, 6, 7]);
});

test('The_base_moves_only_over_numbers_without_a_hole', () => {
  const room = roomWith(said(11), said(12), said(14));
  room.base = 10;
  room.advance();
  assert.equal(room.base, 12);
  room.insert(said(13), 1);
  room.advance();
  assert.equal(room.base, 14);
});

test('The_oldest_lines_are_dropped_and_can_come_back', () => {
  const room = roomWith(...Array.from({ length: MAX_LINES + 10 }, (_, i) => said(i + 1)));
  room.isAtStart = true;
  room.trim();
  assert.equal(room.lines.length, MAX_LINES);
  assert.equal(room.low, 11);
  assert.ok(!room.isAtStart);
  assert.ok(room.insert(said(10), 1));
});

test('A_line_that_comes_back_takes_the_place_of_the_own_one', () => {
  const room = roomWith();
  const first = room.send('hi', false, 'alice', at(1));
  const second = room.send('hi', false, 'alice', at(1));
  first.state = second.state = 'unsure';
  room.match({ type: 'acted', from: 'alice', text: 'hi' });
  room.match({ type: 'said', from: 'bob', text: 'hi' });
  assert.equal(room.pending.length, 2);
  room.match({ type: 'said', from: 'alice', text: 'hi' });
  assert.deepEqual(room.pending, [second]);
  second.state = 'sent';
  room.match({ type: 'said', from: 'alice', text: 'hi' });
  assert.equal(room.pending.length, 1, 'a line whose answer will come is not matched');
});

test('Unread_lines_are_those_after_the_position_that_others_said', () => {
  const room = roomWith(said(1));
  room.markRead();
  const add = event => room.count(room.insert(event, 1), 'alice');
  add({ ...said(2), type: 'joined', nick: 'x' });
  add(said(3, 'bob', 'hello'));
  add(said(4, 'bob', 'Alice?'));
  add({ ...said(5, 'alice'), isOwn: true });
  assert.deepEqual([room.unread, room.mentioned], [2, 1]);
  assert.deepEqual(kindsOf(room), ['day', 'line', 'quiet', 'unread', 'line', 'line', 'line']);
  room.markRead();
  assert.equal(room.unread, 0);
  assert.ok(kindsOf(room).includes('unread'), 'the unread line stays until the reader leaves');
});

test('Neighbours_of_one_author_are_grouped_and_joins_are_one_row', () => {
  const room = roomWith(said(1), said(2), said(3, 'carol'), { type: 'joined', seq: 4, nick: 'x', time: at(4) },
    { type: 'quit', seq: 5, nick: 'x', time: at(4) },
    said(6, 'carol'), { type: 'topic', seq: 7, nick: 'bob', topic: 't', time: at(7) }, said(20, 'carol'));
  const rows = rowsOf(room);
  assert.deepEqual(rows.map(row => row.type), ['day', 'line', 'line', 'line', 'quiet', 'line', 'note', 'line']);
  assert.deepEqual(rows.filter(row => row.type === 'line').map(row => row.isNext), [false, true, false, false, false]);
});

test('A_long_run_of_one_author_has_its_head_again', () => {
  const soon = Array.from({ length: 45 }, (_, i) => said(i + 1, 'bob', 'x', at(1)));
  const headsOf = room => rowsOf(room).filter(row => row.type === 'line' && !row.isNext).map(row => row.line.seq);
  assert.deepEqual(headsOf(roomWith(...soon)), [1, 21, 41]);
  assert.deepEqual(headsOf(roomWith(...Array.from({ length: 12 }, (_, i) => said(i + 1)))), [1, 6, 11]);
});

test('Keys_of_rows_are_unique_and_stay', () => {
  const room = roomWith(...Array.from({ length: 100 }, (_, i) =>
    i % 3 ? said(i + 1) : { type: 'joined', seq: i + 1, nick: `n${i}`, time: at(i % 60) }));
  const keys = rowsOf(room).map(row => row.key);
  assert.equal(new Set(keys).size, keys.length);
  room.insert(said(101), 1);
  assert.deepEqual(rowsOf(room).slice(0, keys.length).map(row => row.key), keys);
});

test('Joins_and_parts_are_summed_up', () => {
  const join = nick => ({ type: 'joined', nick });
  const quit = nick => ({ type: 'quit', nick });
  const renamed = (from, to) => ({ type: 'renamed', from, to });
  assert.equal(summaryOf([join('a'), join('b')]), 'a and b joined');
  assert.equal(summaryOf([join('guest-1'), renamed('guest-1', 'alice')]), 'alice joined');
  assert.equal(summaryOf([join('a'), quit('a'), quit('b')]), 'b left · a came and went');
  assert.equal(summaryOf([quit('a'), join('a')]), 'a left and came back');
  assert.equal(summaryOf([quit('a'), join('g'), renamed('g', 'a')]), 'a left and came back');
  assert.equal(summaryOf([renamed('a', 'b'), renamed('b', 'c')]), 'a is now c');
  assert.equal(summaryOf([renamed('a', 'b'), renamed('b', 'a')]), '2 changes of members');
  assert.equal(summaryOf(Array.from({ length: 1000 }, (_, i) => join(`n${i}`))), 'n0, n1, n2 and 997 more joined');
});

test('Members_follow_a_list_that_comes_in_parts_while_they_move', () => {
  const room = roomWith();
  room.listed({ members: ['a', 'b'], operators: ['a'], more: true });
  room.leave('b');
  room.enter('z');
  room.listed({ members: ['c'], voiced: ['c'], more: false });
  room.rename('a', 'A2');
  room.setModes('+ol-v z 5 c');
  assert.deepEqual([...room.members.values()].map(one => `${one.isOperator ? '@' : one.hasVoice ? '+' : ''}${one.nick}`).sort(),
    ['@A2', '@z', 'c']);
  room.setModes('+bk-o *!*@x key z');
  assert.ok(!room.member('Z').isOperator);
});
