// One view: a room, or a private conversation. Pure.
//
// Lines are ordered by (series, seq, sub); (epoch, seq) names one event. After a gap a new series begins. sub orders the notes after it.

import { fold, listOf, mentions, plural } from './text.js';

/** Lines that a view keeps; scrolling up asks for older ones again. */
export const MAX_LINES = 5000;

const order = (a, b) => a.series - b.series || a.seq - b.seq || a.sub - b.sub;
const isSaid = event => /^(said|acted|shared)$/.test(event.type);

let lastId = 0;

export class Room {
	topic = '';
	isJoined = false;
	word = ''; // the key, unless the server refused it
	isNew = false; // asked for by a person, and not in the list before
	members = new Map(); // folded nick -> { nick, isOperator, hasVoice, away }
	arriving = null; // members of a list that is not complete yet
	lines = [];
	pending = []; // own lines that the server has not acknowledged, in order
	known = new Set();
	series = 0;
	sub = 0;
	epoch = null; // of what happens now; null before the room was entered once
	base = 0; // every event up to this number is known or cannot be had
	baseEpoch = null;
	low = 0; // the smallest number that was asked for
	read = null; // the position of the last line that was read
	marker = null; // the position after which the unread line is drawn
	unread = 0;
	mentioned = 0;

	constructor(name, isRoom) {
		this.name = name;
		this.isRoom = isRoom;
		this.key = fold(name);
		this.isAtStart = !isRoom;
		if (!isRoom) this.read = { series: 0, seq: 0, sub: 0 };
		this.startText = isRoom ? '' : `Private messages with ${name} are not kept by the server.`;
	}

	get last() {
		return this.lines.at(-1) ?? { series: this.series, seq: this.base, sub: 0 };
	}

	/** Returns the line of an event, or null if it is known already. */
	insert(event, epoch, series = this.series) {
		const key = `${epoch}:${event.seq}`;
		if (this.known.has(key)) return null;
		this.known.add(key);
		if (event.type === 'shared') event.text = `shared ${event.name}`;
		if (event.target) this.lines = this.lines.filter(one => one.seq !== event.target || one.epoch !== event.target_epoch);
		return this.#place({ series, seq: event.seq, sub: 0, epoch, event });
	}

	/** Adds a note after the last line. */
	note(event) {
		const { series, seq } = this.last;
		return this.#place({ series, seq, sub: ++this.sub, epoch: null, event });
	}

	#place(line) {
		line.id = ++lastId;
		let at = this.lines.length;
		while (at > 0 && order(this.lines[at - 1], line) > 0) at--;
		this.lines.splice(at, 0, line);
		return line;
	}

	trim(most = MAX_LINES) {
		if (this.lines.length > most) {
			const cut = this.lines.splice(0, this.lines.length - most);
			cut.forEach(line => this.known.delete(`${line.epoch}:${line.seq}`));
			this.low = this.lines.find(line => line.epoch !== null)?.seq ?? this.low;
			this.isAtStart = !this.isRoom;
		}
	}

	/** Moves the base up to the first hole. */
	advance() {
		while (this.known.has(`${this.epoch}:${this.base + 1}`)) this.base++;
		this.baseEpoch = this.epoch;
	}

	/** Adds events of the past, oldest first; each to the series that it continues. Returns the new lines. */
	insertPast(events) {
		let series = this.series;
		const added = [];
		for (const event of events.toReversed()) {
			if (series > 0) {
				const near = this.lines.find(line => line.epoch === event.epoch && line.seq >= event.seq && line.series < series);
				series = near?.series ?? series;
			}
			const line = this.insert(event, event.epoch, series);
			if (line) added.unshift(line);
		}
		return added;
	}

	beginSeries(text) {
		this.series++;
		this.#place({ series: this.series, seq: 0, sub: 0, epoch: null, event: { type: 'gap', text } });
	}

	send(text, isAction, nick, time, file) {
		const own = { id: ++lastId, text, isAction, nick, time, file, state: 'waiting', why: '' };
		this.pending.push(own);
		return own;
	}

	drop(own) {
		this.pending = this.pending.filter(one => one !== own);
	}

	confirm(own, seq) {
		this.drop(own);
		const time = this.lines.length && this.last.event.time > own.time ? this.last.event.time : own.time;
		return this.insert({ type: own.isAction ? 'acted' : 'said', from: own.nick, text: own.text, seq, time, isOwn: true }, this.epoch);
	}

	/** An event may be an own line that was on its way when the connection broke: then it was said. */
	match(event) {
		if (!isSaid(event)) return;
		const own = this.pending.find(event.file ? one => one.state === 'waiting' && one.fileId === event.file :
			one => one.state === 'unsure' && one.nick === event.from && one.text === event.text && one.isAction === (event.type === 'acted'));
		if (own) {
			event.isOwn = true;
			this.drop(own);
		}
	}

	/** Counts a line that was not read. `nick` is the reader's. */
	count(line, nick) {
		if (!isSaid(line.event) || line.event.isOwn || (this.read && order(line, this.read) <= 0)) return;
		if (this.unread === 0) this.marker = this.read ?? { series: line.series, seq: line.seq, sub: -1 };
		this.unread++;
		if (!this.isRoom || mentions(line.event.text, nick)) this.mentioned++;
	}

	markRead() {
		const { series, seq, sub } = this.last;
		this.read = { series, seq, sub };
		this.unread = this.mentioned = 0;
	}

	member(nick) {
		return this.members.get(fold(nick));
	}

	#onMembers(change) {
		change(this.members);
		if (this.arriving) change(this.arriving);
	}

	enter(nick) {
		this.#onMembers(members => members.set(fold(nick), { nick, away: '' }));
	}

	leave(nick) {
		this.#onMembers(members => members.delete(fold(nick)));
	}

	rename(from, to) {
		this.#onMembers(members => {
			const member = members.get(fold(from));
			members.delete(fold(from));
			members.set(fold(to), { ...member, nick: to });
		});
	}

	/** One part of a list; it replaces the members when it is complete. */
	listed({ members, operators = [], voiced = [], more }) {
		this.arriving ??= new Map();
		for (const nick of members) {
			this.arriving.set(fold(nick), {
				nick, isOperator: operators.includes(nick), hasVoice: voiced.includes(nick), away: this.member(nick)?.away ?? '',
			});
		}
		if (!more) {
			this.members = this.arriving;
			this.arriving = null;
		}
	}

	/** Applies modes such as "+o-v bob carol" to the members. */
	setModes(modes) {
		const [letters, ...parameters] = modes.split(' ');
		let isOn = true;
		for (const letter of letters) {
			if (letter === '+' || letter === '-') {
				isOn = letter === '+';
			} else if ('ovbeIk'.includes(letter) || (letter === 'l' && isOn)) {
				const parameter = parameters.shift() ?? '';
				this.#onMembers(members => {
					const member = members.get(fold(parameter));
					if (member && letter === 'o') member.isOperator = isOn;
					if (member && letter === 'v') member.hasVoice = isOn;
				});
			}
		}
	}
}

/** Events that are drawn in a quiet line, and not read out. */
export const QUIET = new Set(['joined', 'left', 'quit', 'renamed']);
const SAME_AUTHOR_MS = 5 * 60_000;
const SAME_AUTHOR_LINES = 20;

/** The rows of a view. Each has a `key` that stays, and a `version` if it may be drawn again. */
export function rowsOf(room, dayOf = time => time.slice(0, 10)) {
	const rows = [];
	let day = '';
	let quiet = null;
	let author = null; // the line at the head of a run of one author
	let run = 0; // its lines
	let isMarked = !room.marker;
	if (room.isAtStart && room.startText) rows.push({ type: 'start', key: 'start', version: room.startText, text: room.startText });
	for (const line of room.lines) {
		const { event } = line;
		const date = event.time ? line.day ??= dayOf(event.time) : day;
		if (date !== day) {
			day = date;
			quiet = author = null;
			rows.push({ type: 'day', key: 'day' + date + line.series, time: event.time });
		}
		if (!isMarked && isSaid(event) && !event.isOwn && order(line, room.marker) > 0) {
			isMarked = true;
			quiet = author = null;
			rows.push({ type: 'unread', key: 'unread' });
		}
		if (QUIET.has(event.type)) {
			if (!quiet) {
				quiet = { type: 'quiet', key: 'q' + line.id, events: [] };
				rows.push(quiet);
			}
			quiet.events.push(event);
			quiet.version = quiet.events.length;
			author = null;
			continue;
		}
		quiet = null;
		if (event.type === 'said') {
			line.ms ??= Date.parse(event.time);
			const isNext = author?.event.from === event.from && line.ms - author.ms < SAME_AUTHOR_MS && run < SAME_AUTHOR_LINES;
			run = isNext ? run + 1 : 1;
			rows.push({ type: 'line', key: 'l' + line.id, version: isNext, line, isNext });
			author = isNext ? author : line;
		} else {
			author = null;
			rows.push({ type: isSaid(event) ? 'line' : event.type === 'gap' ? 'gap' : 'note', key: 'l' + line.id, line });
		}
	}
	for (const own of room.pending) rows.push({ type: 'own', key: 'p' + own.id, version: own.state + own.why, own });
	return rows;
}

/** Joins, parts and nicks in few words. */
export function summaryOf(events) {
	const came = new Map(); // the nick now -> whether it was there before
	const gone = [];
	const passed = [];
	const renamed = new Map(); // the nick now -> the nick before
	for (const { type, nick, from, to } of events) {
		if (type === 'joined') {
			came.set(nick, true);
		} else if (type === 'renamed') {
			if (came.delete(from)) {
				came.set(to, true);
			} else {
				renamed.set(to, renamed.get(from) ?? from);
				renamed.delete(from);
			}
		} else if (came.delete(nick)) {
			passed.push(nick);
		} else {
			gone.push(renamed.get(nick) ?? nick);
			renamed.delete(nick);
		}
	}
	const back = gone.filter(nick => came.has(nick));
	back.forEach(nick => came.delete(nick));
	const parts = [[[...came.keys()], 'joined'], [gone.filter(nick => !back.includes(nick)), 'left'], [back, 'left and came back'],
		[[...new Set(passed)], 'came and went']].filter(([nicks]) => nicks.length).map(([nicks, did]) => `${listOf(nicks)} ${did}`);
	for (const [to, from] of renamed) {
		if (from !== to && parts.length < 5) parts.push(`${from} is now ${to}`);
	}
	return parts.join(' · ') || plural(events.length, 'change') + ' of members';
}

export function textOf({ type, from, nick, to, text = '', topic, modes, reason }) {
	const because = reason ? `: ${reason}` : '';
	switch (type) {
		case 'acted': case 'shared': return `${from} ${text}`;
		case 'joined': return `${nick} joined`;
		case 'left': return `${nick} left${because}`;
		case 'quit': return `${nick} left the chat${because}`;
		case 'renamed': return `${from} is now ${to}`;
		case 'topic': return topic ? `${nick} set the topic: ${topic}` : `${nick} removed the topic`;
		case 'kicked': return `${from} put ${nick} out of the room${because}`;
		case 'mode': return `${nick} set the modes: ${modes}`;
		case 'redact': return `${from} removed a line${because}`;
		case 'erased': return `A line of ${from} was removed`;
		default: return text;
	}
}
