import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  EMOJI, byteLength, hueOf, isNick, linesOf, listOf, mentions, pieces, roomFault, safeUrl
} from '../../../src/MuxChat.Server/Web/text.js';

const linksOf = text => pieces(text).filter(piece => piece.href).map(piece => piece.text);

test('Links_in_a_sentence_end_before_its_punctuation', () => {
  const cases = {
    'see https://a.example.': ['https://a.example'],
    'see https://a.example/?q=1&r=2#x, then': ['https://a.example/?q=1&r=2#x'],
    '(https://a.example/b)': ['https://a.example/b'],
    'https://a.example/wiki/Foo_(bar)': ['https://a.example/wiki/Foo_(bar)'],
    '(https://a.example/wiki/Foo_(bar))': ['https://a.example/wiki/Foo_(bar)'],
    '<https://a.example/b>': ['https://a.example/b'],
    '"https://a.example/b"!': ['https://a.example/b'],
    'https://a.example/...': ['https://a.example/'],
    'HTTP://A.example https://b.example': ['HTTP://A.example', 'https://b.example'],
    'https://пример.example/путь?': ['https://пример.example/путь'],
    'http://[::1]:8080/x': ['http://[::1]:8080/x'],
    'see www.example.com, or (WWW.b.example/x)': ['www.example.com', 'WWW.b.example/x'],
  };
  for (const [text, links] of Object.entries(cases)) {
    assert.deepEqual(linksOf(text), links, text);
  }
});

test('What_is_not_a_safe_address_is_no_link', () => {
  for (const text of ['javascript:alert(1)', 'data:text/html,x', 'ftp://a.example', 'xhttps://a.example', 'https://', 'https:// a',
    'http://a b'.slice(0, 7),
    'https://user@a.example', 'https://bank.example:pw@evil.example/', '//a.example', 'https://%zz',
    'www.', 'www...', 'www.example', 'xwww.a.example', 'ftp://www.a.example', 'me@www.a.example']) {
    assert.deepEqual(linksOf(text), [], text);
  }
  assert.equal(safeUrl('javascript:alert(1)'), null);
  assert.equal(pieces('www.a.example')[0].href, 'https://www.a.example/');
});

test('A_link_ends_before_characters_that_are_invisible_or_turn_the_direction', () => {
  for (const code of [0x202e, 0x202d, 0x2066, 0x200b, 0x200f, 0xfeff, 0xad, 0x2028, 0x3164, 0xa0, 0x07]) {
    const character = String.fromCharCode(code);
    assert.deepEqual(linksOf(`https://a.example/${character}gpj.exe`), ['https://a.example/'], code.toString(16));
  }
});

test('Pieces_together_are_the_text', () => {
  const alphabet = ['https://', 'http://a.b', '(', ')', '.', ' ', '\u202e', '@', 'é', '👋', '/', ':', '[', ']', '"', 'x'];
  for (let seed = 1; seed <= 3000; seed++) {
    let state = seed;
    const next = () => (state = (state * 48271) % 2147483647);
    const text = Array.from({ length: 1 + next() % 12 }, () => alphabet[next() % alphabet.length]).join('');
    assert.equal(pieces(text).map(piece => piece.text).join(''), text, `seed ${seed}`);
  }
});

test('A_mention_is_the_whole_nick_in_any_case', () => {
  for (const text of ['alice', 'hi Alice!', '@alice', 'so, ALICE: yes', 'malice and alice']) {
    assert.ok(mentions(text, 'alice'), text);
  }
  for (const text of ['malice', 'alice2', 'alice-b', 'alic e', '_alice', '']) {
    assert.ok(!mentions(text, 'alice'), text);
  }
  assert.ok(mentions('[x]', '[x]'));
  assert.ok(mentions('hi a\\b`!', 'A\\b`'));
  assert.ok(!mentions('alice` and alice\\', 'alice'));
  assert.ok(!mentions('anything', ''));
});

test('Nicks_are_those_of_the_server', () => {
  for (const nick of ['a', 'alice', '_x', '[a]{b}^|', 'a\\b', 'alice`', '`\\', 'a-1', 'x'.repeat(30)]) {
    assert.ok(isNick(nick), nick);
  }
  for (const nick of ['', '1a', '-a', 'a b', 'é', 'x'.repeat(31), 'a.b', '#a']) {
    assert.ok(!isNick(nick), nick);
  }
});

test('Rooms_that_the_server_would_refuse_are_explained', () => {
  for (const room of ['lobby', '#lobby', '##c', '#/stats', 'café', '#' + '🌳'.repeat(63), 'x'.repeat(63)]) {
    assert.equal(roomFault(room), '', room);
  }
  for (const room of ['', '#', 'my room', '#a,b', 'a:b', 'a\tb', 'x'.repeat(64), '🌳'.repeat(64)]) {
    assert.match(roomFault(room), /1 to 63 characters/, room);
  }
  assert.match(roomFault('/stats'), /a command, not a room/);
});

test('A_dozen_people_have_a_dozen_colours_and_keep_them', () => {
  const hues = ['alice', 'bob', 'carol', 'dave', ...Array.from({ length: 8 }, (_, i) => `member${i}`)].map(hueOf).sort((a, b) => a - b);
  hues.forEach((hue, i) => assert.ok((hues[i + 1] ?? hues[0] + 360) - hue >= 20, hues.join()));
  assert.equal(hueOf('Alice'), hueOf('alice'));
  for (let i = 0; i < 12_000; i++) {
    assert.ok(hues.includes(hueOf(`other${i}`)));
  }
});

test('Typed_text_becomes_lines_without_what_the_server_refuses', () => {
  assert.deepEqual(linesOf('a\r\nb\n\n  \nc\u2028d\u0085e'), ['a', 'b', 'c', 'd', 'e']);
  assert.deepEqual(linesOf('a\u0007b\u001b[2J\u009bx\ttab'), ['ab[2Jx\ttab']);
  assert.deepEqual(linesOf('half \ud83d'), ['half \ufffd']);
  assert.equal(byteLength('é👋'), 6);
});

test('Names_are_listed_in_few_words', () => {
  assert.equal(listOf([]), '');
  assert.equal(listOf(['a']), 'a');
  assert.equal(listOf(['a', 'b']), 'a and b');
  assert.equal(listOf(['a', 'b', 'c', 'd']), 'a, b, c and d');
  assert.equal(listOf(['a', 'b', 'c', 'd', 'e']), 'a, b, c and 2 more');
});

test('Emoji_have_unique_names', () => {
  assert.equal(new Set(EMOJI.map(one => one.name)).size, EMOJI.length);
  assert.ok(EMOJI.every(one => /^[a-z_]+$/.test(one.name) && /\p{Extended_Pictographic}/u.test(one.emoji)));
});
