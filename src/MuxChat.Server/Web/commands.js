// The meaning of a typed line, and the completion of a word. Pure.

import { EMOJI, NICK_RULE, byteLength, fold, isNick, roomFault, roomName } from './text.js';

const fail = message => ({ error: message });
const frame = (type, fields) => ({ frame: { type, ...fields } });
const word = text => /^(\S*)\s*([^]*)$/.exec(text.trim()).slice(1);
const optional = (name, value) => value ? { [name]: value } : {};

/** A room named first, or the room in view: `[room, rest]`. */
function roomAndRest(text, view) {
	const [first, rest] = word(text);
	return first.startsWith('#') ? [first, rest] : [view.isRoom ? view.name : null, text.trim()];
}

const NO_ROOM = fail('This is a private conversation: name a room, such as #lobby.');
const inRoom = (view, run) => view.isRoom ? run(view.name) : NO_ROOM;
const ofRoom = (text, view, run) => {
	const [room, rest] = roomAndRest(text, view);
	return room ? run(room, rest) : NO_ROOM;
};

const named = (text, run) => {
	const [nick, rest] = word(text);
	return nick ? run(nick, rest) : fail('Name the person.');
};

const ranks = (sign, letter) => (text, view) => inRoom(view, room => {
	const nicks = text.split(/\s+/).filter(nick => nick).slice(0, 4);
	return nicks.length ? frame('mode', { room, modes: `${sign}${letter.repeat(nicks.length)} ${nicks.join(' ')}` })
		: fail('Name the person.');
});

/** Name, parameters, help, and what it means: `{ frame }` for the server, `{ say }`, `{ local }` for the page, or `{ error }`. */
export const COMMANDS = [
	['join', '#room [key]', 'enter a room, or make one', text => {
		const [room, key] = word(text);
		return roomFault(room) ? fail(roomFault(room)) : { local: 'join', room: roomName(room), key };
	}],
	['part', '[#room] [last word]', 'leave a room', (text, view) => {
		const [room, reason] = roomAndRest(text, view);
		return { local: 'part', room: room ?? view.name, reason };
	}],
	['msg', 'nick text', 'write to one person', text => {
		const [to, rest] = word(text);
		return to && rest ? { local: 'msg', to, text: rest } : isNick(to) ? { local: 'open', nick: to } : fail('Name a person and a text.');
	}],
	['me', 'text', 'say what you do', (text, view) => text.trim() ? inRoom(view, () => ({ say: text.trim(), isAction: true })) :
		fail('Say what you do.')],
	['nick', 'nick', 'take another nick', text => isNick(text.trim()) ? frame('nick', { nick: text.trim() }) : fail(NICK_RULE)],
	['topic', '[text | -]', 'show the topic, set it, or remove it with -', (text, view) => ofRoom(text, view, (room, rest) =>
		rest ? frame('topic', { room, text: rest === '-' ? '' : rest }) : { local: 'topic', room })],
	['away', '[reason]', 'say that you are away', text => frame('away', { reason: text.trim() || 'away' })],
	['back', '', 'say that you are back', () => frame('away', {})],
	['who', '[#room]', 'list the members', (text, view) => ofRoom(text, view, room => ({ local: 'who', room }))],
	['files', '[#room]', 'list the files of a room', (text, view) => ofRoom(text, view, room => ({ local: 'files', room }))],
	['get', 'number', 'download a file that /files lists', text => ({ local: 'get', number: parseInt(text) || 0 })],
	['rooms', '', 'list the rooms of the server', () => ({ local: 'rooms' })],
	['run', '[name words]', 'run a command of the admin', text => ({ local: 'run', text })],
	['kick', 'nick [reason]', 'put a member out of the room', (text, view) => inRoom(view, room =>
		named(text, (nick, reason) => frame('kick', { room, nick, ...optional('reason', reason) })))],
	['invite', 'nick', 'let a person in', (text, view) => inRoom(view, room => named(text, nick => frame('invite', { room, nick })))],
	['op', 'nick', 'make a member an operator', ranks('+', 'o')],
	['deop', 'nick', 'take that back', ranks('-', 'o')],
	['voice', 'nick', 'let a member speak in a moderated room', ranks('+', 'v')],
	['ban', '[nick or mask]', 'ban, or show the bans', (text, view) => inRoom(view, room =>
		frame('mode', { room, modes: text.trim() ? `+b ${word(text)[0]}` : 'b' }))],
	['mode', '[modes]', 'show or change the modes of the room: /mode +m', (text, view) =>
		ofRoom(text, view, (room, modes) => frame('mode', { room, ...optional('modes', modes) }))],
	['pass', 'password', 'give the password of the server', text => text.trim() ? frame('pass', { password: text.trim() }) :
		fail('Give the password.')],
	['oper', 'name password', 'become a server operator', text => {
		const [name, password] = word(text);
		return name && password ? frame('oper', { name, password }) : fail('Give name and password.');
	}],
	['kill', 'nick [reason]', 'close the connection of a person (server operators)', text =>
		named(text, (nick, reason) => frame('kill', { nick, ...optional('reason', reason) }))],
	['help', '[command]', 'list the commands, or explain one', text => ({ local: 'help', command: text.trim().replace(/^\//, '') })],
	['quit', '[last word]', 'leave the chat', text => ({ local: 'quit', reason: text.trim() })],
].map(([name, fields, help, run]) => ({ name, fields, help, run }));

const ALIASES = { j: 'join', leave: 'part', close: 'part', query: 'msg', w: 'msg', names: 'who', list: 'rooms', exit: 'quit', '?': 'help' };

export const commandNamed = name => COMMANDS.find(command => command.name === (ALIASES[fold(name)] ?? fold(name)));

/** The meaning of a line. One that begins with / is a command or an error, never a text; // says a text that begins with /. */
export function parse(line, view, most = Infinity) {
	const tooLong = byteLength(line) - most;
	if (tooLong > 0) return fail(`That is ${tooLong} bytes too long: a line has at most ${most}.`);
	if (line.startsWith('//')) return { say: line.slice(1) };
	if (/^\s+\/(?!\/)/.test(line)) return fail('A blank comes before this slash: remove it for a command. // begins a text with a slash.');
	if (!line.startsWith('/')) return { say: line };
	const [name, rest] = word(line.slice(1));
	const command = commandNamed(name);
	return command ? command.run(rest, view) : fail(`There is no command /${name}. /help lists them; // begins a text with a slash.`);
}

const starting = (names, typed) => names.filter(name => fold(name).startsWith(fold(typed)));

/** All that the word before the caret may become, or null. `isAsked` (the Tab key) also completes nicks without an @. */
export function completions(text, caret, { nicks, rooms }, isAsked) {
	const start = text.slice(0, caret).search(/\S*$/);
	const typed = text.slice(start, caret);
	const found = items => items.length ? { start, end: caret, items: items.slice(0, 50) } : null;
	if (start === 0 && /^\/[^/]*$/.test(typed)) {
		return found(COMMANDS.filter(command => command.name.startsWith(fold(typed.slice(1))))
			.map(({ name, fields, help }) => ({ insert: `/${name} `, label: `/${name} ${fields}`.trim(), hint: help })));
	}
	if (/^:[a-z0-9_]{2,}$/i.test(typed) || (isAsked && /^:[a-z0-9_]+:?$/i.test(typed))) {
		const name = fold(typed).replaceAll(':', '');
		const ranked = [...EMOJI.filter(one => one.name.startsWith(name)), ...EMOJI.filter(one => one.name.indexOf(name) > 0)];
		return found(ranked.map(one => ({ insert: one.emoji + ' ', label: one.emoji, hint: `:${one.name}` })));
	}
	if (typed.startsWith('#')) return found(starting(rooms, typed).map(room => ({ insert: room + ' ', label: room, hint: '' })));
	if (typed.startsWith('@') ? typed.length > 1 || isAsked : isAsked && typed) {
		const at = typed.startsWith('@') ? '@' : '';
		const end = start === 0 && !at ? ': ' : ' ';
		return found(starting(nicks, typed.slice(at.length)).map(nick => ({ insert: at + nick + end, label: nick, hint: '' })));
	}
	return null;
}
