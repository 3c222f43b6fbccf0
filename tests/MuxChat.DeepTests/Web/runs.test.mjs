import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../../src/MuxChat.Server/Web/commands.js';
import { run, wordsOf } from '../../../src/MuxChat.Server/Web/runs.js';
import { Session } from '../../../src/MuxChat.Server/Web/session.js';

/** A session whose frames to the server are kept, and the notes of its view. */
function begin() {
  const sent = [];
  const session = new Session({
    send: frame => sent.push(structuredClone(frame)) > 0,
    on: { changed() {}, phase() {}, ended() {}, said() {}, upload() {} },
  });
  session.view = session.room('#tea');
  session.type = line => run(session, parse(line, session.view).text);
  session.answer = (type, fields = {}) => session.received({ type, id: sent.at(-1).id, ...fields });
  const notes = () => session.view.lines.map(({ event }) => `${event.isError ? '! ' : ''}${event.text}`);
  return { session, sent, notes };
}

const base64 = bytes => Buffer.from(bytes).toString('base64');

test('words are cut as the server cuts those of people', () => {
  assert.deepEqual(wordsOf(' uptime  -p '), ['uptime', '-p']);
  assert.deepEqual(wordsOf('say "two words" a"b c"d'), ['say', 'two words', 'ab cd']);
  assert.deepEqual(wordsOf(String.raw`say "a\"b\\c" \n`), ['say', String.raw`a"b\c`, String.raw`\n`]);
  assert.deepEqual(wordsOf('say ""'), ['say', '']);
  assert.equal(wordsOf('say "open'), null);
  assert.deepEqual(wordsOf(''), []);
});

test('a command is sent with its words, and its output is shown line by line, each stream by itself', () => {
  const { session, sent, notes } = begin();
  session.type('/run both "a b" c');
  assert.deepEqual([sent[0].type, sent[0].name, sent[0].args], ['run', 'both', ['a b', 'c']]);
  const output = Buffer.from('one\ntwo 世界\u001b[2J\r\nlast');
  session.answer('output', { stream: 'out', data: base64(output.subarray(0, 10)) });
  session.answer('output', { stream: 'err', data: base64('bad\n') });
  session.answer('output', { stream: 'out', data: base64(output.subarray(10)) });
  session.answer('ran', { name: 'both', exit: 3, out: output.length, err: 4 });
  session.answer('ok');
  assert.deepEqual(notes(), ['one', '! bad', 'two 世界\\x1B[2J', 'last', '! run both: exit 3']);
});

test('the end of a command says what ended it', () => {
  const { session, notes } = begin();
  session.type('/run up');
  session.answer('ran', { name: 'up', exit: 0 });
  session.answer('ok');
  session.type('/run up');
  session.answer('ran', { name: 'up', signal: 9 });
  session.answer('ok');
  session.type('/run up');
  session.answer('ran', { name: 'up', fault: 'time_limit', message: 'ended at the time limit of 10 s' });
  session.answer('ok');
  assert.deepEqual(notes(), ['run up: exit 0', '! run up: ended by signal 9', '! run up: ended at the time limit of 10 s']);
});

test('/run alone lists the commands, and a refusal is shown', () => {
  const { session, sent, notes } = begin();
  session.type('/run');
  assert.deepEqual([sent[0].type, sent[0].name], ['run', undefined]);
  session.answer('programs', { programs: [{ name: 'uptime', args: '{-[ps]}?' }, { name: 'fail', args: '' }] });
  session.answer('ok');
  session.type('/run nothing');
  session.answer('error', { code: 'unknown_program', message: 'this command is not one that the server runs' });
  session.type('/run say "open');
  assert.deepEqual(notes(), ['Commands:\n/run uptime {-[ps]}?\n/run fail', '! this command is not one that the server runs',
    '! A quote is not closed.']);
  assert.equal(sent.length, 2);
});
