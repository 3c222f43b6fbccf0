import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMANDS, commandNamed, completions, parse } from '../../../src/MuxChat.Server/Web/commands.js';

const room = { name: '#tea', isRoom: true };
const person = { name: 'bob', isRoom: false };

test('Lines_mean_what_they_say', () => {
  const cases = [
    ['hello', { say: 'hello' }],
    ['  indented', { say: '  indented' }],
    ['//shrug', { say: '/shrug' }],
    ['  // a comment', { say: '  // a comment' }],
    ['/me waves', { say: 'waves', isAction: true }],
    ['/join tea', { local: 'join', room: '#tea', key: '' }],
    ['/J #tea secret', { local: 'join', room: '#tea', key: 'secret' }],
    ['/part', { local: 'part', room: '#tea', reason: '' }],
    ['/part #x so long', { local: 'part', room: '#x', reason: 'so long' }],
    ['/msg bob hello  there', { local: 'msg', to: 'bob', text: 'hello  there' }],
    ['/query bob', { local: 'open', nick: 'bob' }],
    ['/nick  al', { frame: { type: 'nick', nick: 'al' } }],
    ['/topic', { local: 'topic', room: '#tea' }],
    ['/topic tea at four', { frame: { type: 'topic', room: '#tea', text: 'tea at four' } }],
    ['/topic -', { frame: { type: 'topic', room: '#tea', text: '' } }],
    ['/kick bob too loud', { frame: { type: 'kick', room: '#tea', nick: 'bob', reason: 'too loud' } }],
    ['/kick bob', { frame: { type: 'kick', room: '#tea', nick: 'bob' } }],
    ['/op bob carol', { frame: { type: 'mode', room: '#tea', modes: '+oo bob carol' } }],
    ['/ban', { frame: { type: 'mode', room: '#tea', modes: 'b' } }],
    ['/mode', { frame: { type: 'mode', room: '#tea' } }],
    ['/mode +mk x', { frame: { type: 'mode', room: '#tea', modes: '+mk x' } }],
    ['/invite bob', { frame: { type: 'invite', room: '#tea', nick: 'bob' } }],
    ['/away lunch', { frame: { type: 'away', reason: 'lunch' } }],
    ['/back', { frame: { type: 'away' } }],
    ['/oper root secret', { frame: { type: 'oper', name: 'root', password: 'secret' } }],
    ['/quit', { local: 'quit', reason: '' }],
    ['/?', { local: 'help', command: '' }],
  ];
  for (const [line, meaning] of cases) {
    assert.deepEqual(parse(line, room), meaning, line);
  }
});

test('A_command_that_cannot_be_carried_out_is_never_said', () => {
  const views = { room, person };
  for (const [where, view] of Object.entries(views)) {
    for (const line of ['/', '/ hello', '/qiut', '/join', '/nick 1st', '/nick', '/oper root', '/pass', '/kick', '/me', '/msg',
      '/unknown x']) {
      const { error, say } = parse(line, view);
      assert.ok(error && say === undefined, `${line} in a ${where}`);
    }
  }
  for (const line of [' /oper root pw', '\t/msg bob x', '\u3000/me']) {
    assert.match(parse(line, room).error, /blank comes before this slash/, line);
  }
  for (const line of ['/join my:room', '/join /stats', '/join ' + 'x'.repeat(64)]) {
    assert.ok(parse(line, room).error, line);
  }
  for (const line of ['/topic x', '/kick bob', '/op bob', '/mode +m', '/who', '/invite bob', '/me waves']) {
    assert.ok(parse(line, person).error, `${line} in a private view`);
  }
});

test('A_line_that_is_too_long_is_refused', () => {
  assert.deepEqual(parse('x'.repeat(64), room, 64), { say: 'x'.repeat(64) });
  assert.match(parse('é'.repeat(33), room, 64).error, /2 bytes too long: a line has at most 64/);
});

test('Every_command_has_a_name_a_help_and_an_answer', () => {
  assert.equal(new Set(COMMANDS.map(command => command.name)).size, COMMANDS.length);
  for (const command of COMMANDS) {
    assert.ok(command.help.length > 5, command.name);
    for (const view of [room, person]) {
      for (const rest of ['', 'a', 'a b c']) {
        const { say, frame, local, error } = command.run(rest, view);
        assert.ok(say || frame?.type || local || error, `/${command.name} ${rest}`);
      }
    }
  }
  assert.equal(commandNamed('QUERY').name, 'msg');
  assert.equal(commandNamed('toString'), undefined);
});

const names = { nicks: ['bob', 'Bobby', 'carol'], rooms: ['#tea', '#lobby'] };
const insertsOf = (text, isAsked, caret = text.length) => completions(text, caret, names, isAsked)?.items.map(item => item.insert) ?? null;

test('Words_are_completed_by_their_kind', () => {
  assert.deepEqual(insertsOf('bo', true), ['bob: ', 'Bobby: ']);
  assert.deepEqual(insertsOf('hi BO', true), ['bob ', 'Bobby ']);
  assert.deepEqual(insertsOf('hi @c', false), ['@carol ']);
  assert.deepEqual(insertsOf('#t', false), ['#tea ']);
  assert.deepEqual(insertsOf('/to', false), ['/topic ']);
  assert.deepEqual(insertsOf(':tad', false), ['🎉 ']);
  assert.deepEqual(insertsOf('bo and more', true, 2), ['bob: ', 'Bobby: ']);
  assert.ok(insertsOf('/', false).length > 20);
});

test('Nothing_is_completed_without_being_asked_or_without_a_match', () => {
  for (const [text, isAsked] of [['bo', false], ['', true], ['hi ', true], [':s', false], ['zz', true], ['say /to', true],
    ['//to', true], [':)', true]]) {
    assert.equal(insertsOf(text, isAsked), null, `"${text}" ${isAsked}`);
  }
});
