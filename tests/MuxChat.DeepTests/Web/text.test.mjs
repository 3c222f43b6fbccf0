import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMOJI, byteLength, hueOf, isNick, linesOf, listOf, mentions, pieces, safeUrl } from '../../../src/MuxChat.Server/Web/text.js';

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
  };
  for (const [text, links] of Object.entries(cases)) {
    assert.deepEqual(linksOf(text), links, text);
  }
});

test('What_is_not_a_safe_address_is_no_link', () => {
  for (const text of ['javascript:alert(1)', 'data:text/html,x', 'ftp://a.example', 'xhttps://a.example', 'https://', 'https:// a',
    'http://a b'.slice(0, 7),
    'https://user@a.example', 'https://bank.example:pw@evil.example/', '//a.example', 'https://%zz']) {
    assert.deepEqual(linksOf(text), [], text);
  }
  assert.equal(safeUrl('javascript:alert(1)'), null);
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
  assert.ok(!mentions('anything', ''));
});

test('Nicks_are_those_of_the_server', () => {
  for (const nick of ['a', 'alice', '_x', '[a]{b}^|', 'a-1', 'x'.repeat(30)]) {
    assert.ok(isNick(nick), nick);
  }
  for (const nick of ['', '1a', '-a', 'a b', 'é', 'x'.repeat(31), 'a.b', '#a']) {
    assert.ok(!isNick(nick), nick);
  }
});

test('Colours_are_stable_and_spread', () => {
  assert.equal(hueOf('Alice'), hueOf('alice'));
  const counts = new Array(12).fill(0);
  for (let i = 0; i < 1200; i++) {
    counts[hueOf(`member${i}`) / 30]++;
  }
  assert.ok(Math.min(...counts) > 50, counts.join());
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
