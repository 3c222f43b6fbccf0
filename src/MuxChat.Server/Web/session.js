// The conversation with the server: requests, answers, and what an event does to which view. Pure.

import { Comeback } from './comeback.js';
import { Room } from './state.js';
import { fold, isRoom, mentions } from './text.js';

const PAGE_LINES = 100;
const PART_OF = { masks: 'modes', output: 'run', ran: 'run', programs: 'run' };

/** Words for what the server does in silence. */
const DONE = {
	away: ({ reason }) => reason ? `You are away: ${reason}` : 'You are back.',
	invite: ({ nick, room }) => `${nick} may enter ${room}.`,
	pass: () => 'No password is needed.',
};

/** After these last words of the server nothing is gained by coming back. */
const FINAL = /^(you quit|killed by|wrong password|you did not log in)/;

export class Session {
	phase = 'away'; // away, password, naming, ready
	problem = '';
	nick = '';
	wantedNick = ''; // the one of the first screen, then the last one that the server gave
	password = '';
	lobby = '';
	textBytes = 0; // the most that a line may have
	rooms = new Map();
	view = null;
	isAwayNow = false;
	wasIn = false; // then a new connection comes back instead of beginning
	isReturning = false; // after a reload the nick may still be taken for a moment
	stored = {}; // read positions of an earlier visit
	fatal = '';
	comeback = new Comeback(this);
	#requests = new Map(); // id -> function of the answer
	#lastId = 0;
	#lists = {}; // for each type of a part, in the order asked: functions of each part
	#privateSeq = 0;
	#clockMs = 0; // the server's clock minus ours

	/** `send(frame)` returns whether there is a connection. `on` has changed(), phase(), said(room, line, isCall), ended(reason),
	 * upload(room, own). */
	constructor({ send, on, now = Date.now, isReading = () => false }) {
		Object.assign(this, { transmit: send, on, now, isReading });
	}

	/** Asks for nick and rooms, now or on the next connection. */
	enter(nick, rooms, password, isReturning = false) {
		Object.assign(this, { wantedNick: nick, isReturning });
		this.password = password || this.password;
		this.problem = '';
		for (const name of rooms) this.room(name);
		this.view ??= this.find(rooms[0]) ?? null;
		if (this.phase === 'password') {
			this.#givePassword();
		} else if (this.phase === 'naming') {
			this.#takeNick();
		}
	}

	room(name) {
		const key = fold(name);
		if (!this.rooms.has(key)) this.rooms.set(key, new Room(name, isRoom(name)));
		return this.rooms.get(key);
	}

	look(room) {
		if (this.view !== room) {
			if (this.view) this.view.marker = this.view.unread ? this.view.marker : null;
			this.previous = this.view?.key;
			this.view = room;
		}
		this.on.changed();
	}

	join(name, key) {
		const known = this.find(name);
		if (known?.isJoined) {
			this.look(known);
		} else {
			this.enterRoom(name, key, true);
		}
	}

	/** Leaves a room, or closes a private view. */
	part(name, reason) {
		const room = this.find(name);
		if (room?.isJoined) {
			this.request({ type: 'part', room: room.name, reason: reason || undefined });
		}
		if (room) this.#remove(room);
	}

	#remove(room) {
		this.rooms.delete(room.key);
		room.pending = [];
		if (this.view === room) this.view = this.rooms.get(this.previous) ?? this.views[0] ?? null;
		this.on.changed();
	}

	get isReady() {
		return this.phase === 'ready';
	}

	get views() {
		return [...this.rooms.values()].sort((a, b) => b.isRoom - a.isRoom || (a.key < b.key ? -1 : 1));
	}

	find(name) {
		return this.rooms.get(fold(name ?? ''));
	}

	say(room, text, isAction = false, file = null) {
		const own = room.send(text, isAction, this.nick, new Date(this.now() + this.#clockMs).toISOString(), file);
		room.marker = room.unread ? room.marker : null;
		this.transmitOwn(room, own);
		this.on.changed();
	}

	sayAgain(room, own) {
		room.drop(own);
		this.say(room, own.text, own.isAction, own.file);
	}

	drop(room, own) {
		room.drop(own);
		this.on.changed();
	}

	ask(frame, list = 'modes', part = frame.type === 'mode' && this.#showModes) {
		const sent = this.request(frame, answer => {
			this.complain(answer);
			if (answer.type === 'ok' && DONE[frame.type]) this.note(DONE[frame.type](frame));
			if (answer.type === 'ok' && frame.type === 'away') this.isAwayNow = !!frame.reason;
		}, list, part);
		if (!sent) this.note('There is no connection.', true);
	}

	#showModes = ({ room, modes, list, masks }) => {
		const all = masks?.map(({ mask, by }) => `${mask} (by ${by})`).join(', ') || 'nothing';
		this.note(list ? `+${list} of ${room}: ${all}` : `Modes of ${room}: ${modes}`);
	};

	/** Asks for a list, which is named as its request, and calls `done` with all of it. */
	collect(frame, done) {
		const all = [];
		this.request(frame, undefined, frame.type, part => {
			all.push(...part[frame.type]);
			if (!part.more) done(all);
		});
	}

	quit(reason) {
		this.request({ type: 'quit', reason: reason || undefined });
	}

	note(text, isError = false, room = this.view) {
		room?.note({ type: 'note', text, isError });
		this.on.changed();
	}

	/** `done` gets `ok`, `error`, or `{ type: 'closed' }` if the connection ended first. */
	request(frame, done = answer => this.complain(answer), list = '', part = null) {
		const id = ++this.#lastId;
		if (!this.transmit({ ...frame, id })) return false;
		if (part) (this.#lists[list] ??= []).push(part);
		this.#requests.set(id, answer => {
			if (part) this.#lists[list].shift();
			done(answer);
		});
		return true;
	}

	complain(answer, room = this.view) {
		if (answer.type === 'error') this.note(answer.message, true, room);
	}

	opened() {
		this.fatal = this.problem = '';
	}

	closed() {
		this.phase = 'away';
		const requests = [...this.#requests.values()];
		this.#requests.clear();
		this.comeback.broke();
		requests.forEach(done => done({ type: 'closed' }));
		this.on.phase();
		this.on.changed();
	}

	received(frame) {
		if ((frame.type === 'ok' || frame.type === 'error') && frame.id !== undefined) {
			const done = this.#requests.get(frame.id);
			this.#requests.delete(frame.id);
			done?.(frame);
			return;
		}
		if (frame.seq !== undefined && frame.room !== undefined && frame.type !== 'room' || frame.type === 'renamed') {
			this.#roomEvent(frame);
			return;
		}
		const list = this.#lists[PART_OF[frame.type] ?? frame.type];
		(list?.[0] ?? this.#handlers[frame.type])?.(frame);
	}

	#handlers = {
		ping: () => this.transmit({ type: 'pong' }),
		password: () => {
			this.#setPhase('password');
			if (this.password) this.#givePassword();
		},
		welcome: frame => this.#welcomed(frame),
		room: frame => this.#roomState(frame),
		history: frame => this.find(frame.room)?.page?.push(frame),
		gap: frame => Object.assign(this.find(frame.room) ?? {}, { gap: frame }),
		msg: frame => this.#privateMessage(frame),
		away: frame => this.#setAway(frame),
		back: frame => this.#setAway(frame),
		invited: frame => {
			const isMe = frame.nick === this.nick;
			this.note(isMe ? `${frame.from} invites you to ${frame.room}. Enter with /join ${frame.room}` :
				`${frame.from} invited ${frame.nick} to ${frame.room}`, false, isMe ? this.view : this.find(frame.room));
		},
		oper: () => this.note('You are a server operator.'),
		wallops: frame => this.note(`To all operators, from ${frame.from}: ${frame.text}`),
		closing: frame => {
			this.fatal = FINAL.test(frame.reason) ? frame.reason : '';
			this.on.ended(frame.reason);
		},
		error: frame => {
			this.problem = frame.message; // shown if the connection ends by it
			this.complain(frame);
		},
	};

	#setPhase(phase, problem = '') {
		this.phase = phase;
		this.problem = problem;
		this.on.phase();
	}

	#givePassword() {
		this.request({ type: 'pass', password: this.password }, answer => {
			if (answer.type === 'error') {
				this.password = '';
				this.#setPhase('password', answer.message);
			}
		});
	}

	#welcomed({ nick, room, server, motd, text_bytes }) {
		Object.assign(this, { nick, lobby: room, server, motd: this.wasIn ? '' : motd, textBytes: text_bytes });
		this.isAwayNow = false;
		if (!this.find(room)) this.request({ type: 'part', room }, () => {});
		if (this.wasIn) {
			this.#setPhase('ready');
			this.comeback.run();
		} else {
			this.#takeNick();
		}
	}

	#takeNick() {
		this.request({ type: 'nick', nick: this.wantedNick }, answer => {
			const isTaken = answer.code === 'nick_taken' && this.isReturning;
			if (answer.type === 'error' && !isTaken) {
				this.#setPhase('naming', answer.message);
			} else if (answer.type !== 'closed') {
				this.wasIn = true;
				this.#setPhase('ready');
				if (isTaken) this.comeback.nickIsTaken(answer);
				for (const room of this.rooms.values()) {
					if (room.isRoom && !room.isJoined) this.enterRoom(room.name);
				}
			}
		});
	}

	enterRoom(name, key, isAsked = false, refusal = '') {
		const isKnown = this.find(name);
		if (!this.isReady) {
			this.note('There is no connection.', true);
			return;
		}
		const room = this.room(name);
		room.isNew ||= !isKnown;
		const word = key || room.word;
		if (room.epoch !== null) {
			this.comeback.resume(room, word);
			this.look(room);
			return;
		}
		this.request({ type: 'join', room: name, key: word || undefined }, answer => {
			if (answer.type === 'error') {
				this.#refused(room, `${name}: ${answer.message}`);
				return;
			}
			room.word = word;
			if (answer.type === 'ok' && isAsked) {
				this.look(room);
				if (refusal) this.note(refusal, true);
			}
		});
	}

	// A room that was never entered is not kept. Without any room, this client enters the lobby.
	#refused(room, words) {
		const isGone = room.isNew || room.epoch === null && !this.stored[room.key];
		if (isGone) this.#remove(room);
		if (!this.view && room.key !== fold(this.lobby)) {
			this.enterRoom(this.lobby, '', true, words);
		} else {
			this.note(words, true, isGone ? this.view : room);
		}
	}

	addPast(room, events) {
		events.forEach(event => {
			event.isOwn ||= (event.from ?? event.nick) === this.nick;
			room.match(event);
		});
		return room.insertPast(events);
	}

	history(room, after, limit, done) {
		room.isLoading = true;
		room.page = [];
		this.request({ type: 'history', room: room.name, after, limit }, answer => {
			const pages = room.page ?? [];
			room.page = null;
			room.isLoading = false;
			if (answer.type === 'ok') done(pages, pages.at(-1)?.more ?? false);
			this.on.changed();
		});
	}

	#roomState(frame) {
		const room = this.find(frame.room);
		if (room?.isResuming) {
			room.held.push(frame);
			return;
		}
		if (!room) return;
		room.topic = frame.topic;
		room.name = frame.room;
		const entered = room.entering;
		room.entering = null;
		if (entered) this.#entered(room, frame, entered);
		this.on.changed();
	}

	#entered(room, { epoch }, event) {
		const isFresh = room.epoch === null || room.hasGap;
		if (isFresh) room.low = event.seq;
		room.hasGap = false;
		room.isJoined = true;
		room.epoch = epoch;
		room.enter(this.nick);
		room.insert(event, epoch);
		if (this.motd) room.note({ type: 'note', label: 'Message of the day', text: this.motd.trim() });
		this.motd = '';
		this.request({ type: 'who', room: room.name }, undefined, 'who', part => {
			room.listed(part);
			this.on.changed();
		});
		if (isFresh) {
			this.comeback.isIn(room, event.seq);
			// Without an earlier visit, the past counts as read.
			const stored = this.stored[room.key]?.[1] ?? Infinity;
			delete this.stored[room.key];
			room.read ??= { series: room.series, seq: Math.min(stored, event.seq), sub: 0 };
			this.older(room);
		} else {
			this.comeback.entered(room, event.seq);
		}
	}

	older(room) {
		if (room.isJoined && !room.isLoading && !room.isAtStart && !room.isResuming) {
			this.#olderThan(room, Math.max(0, room.low - 1 - PAGE_LINES));
		}
	}

	// Nothing is added before all of it is there, so that a break leaves no hole.
	#olderThan(room, after, events = []) {
		const from = events.at(-1)?.seq ?? after;
		this.history(room, from, Math.max(1, room.low - 1 - from), pages => {
			const more = pages.flatMap(page => page.events);
			const all = [...events, ...more];
			if (more.length && more.at(-1).seq < room.low - 1) { // the answer had its largest size
				this.#olderThan(room, after, all);
				return;
			}
			this.addPast(room, all).forEach(line => room.count(line, this.nick));
			const oldest = all[0]?.seq ?? room.low;
			room.low = after + 1;
			if (after === 0 || oldest > after + 1) {
				room.isAtStart = true;
				room.startText = oldest === 1 ? `This is the beginning of ${room.name}.` : 'The server remembers nothing before this.';
			}
			if (this.isReading(room)) room.markRead();
		});
	}

	#roomEvent(event) {
		if (event.isMine === undefined) this.#notice(event);
		const room = this.find(event.room);
		if (room?.isResuming) {
			room.held.push(event);
		} else if (room) {
			this.#apply(room, event);
			this.on.changed();
		}
	}

	// All that an event says about this client is true at once.
	#notice(event) {
		event.isMine = event.isOwn = (event.nick ?? event.from) === this.nick;
		if (event.time && event.type === 'joined' && event.isMine) this.#clockMs = Date.parse(event.time) - this.now();
		if (event.type === 'renamed') {
			if (event.isMine) {
				this.nick = this.wantedNick = event.to;
				this.comeback.renamed();
			}
			for (const room of this.rooms.values()) {
				if (!room.isRoom && room.key === fold(event.from) && !this.find(event.to)) {
					this.rooms.delete(room.key);
					Object.assign(room, { name: event.to, key: fold(event.to) });
					this.rooms.set(room.key, room);
					this.note(`${event.from} is now ${event.to}`, false, room);
				}
			}
		}
		if (event.type === 'quit') this.comeback.quit(event.nick);
	}

	#apply(room, event) {
		if (event.type === 'joined' && event.isMine) {
			room.entering = event; // its epoch comes with the next frame
			return;
		}
		if (!room.isJoined) return;
		room.match(event);
		const line = room.insert(event, room.epoch);
		if (!line) return;
		room.advance();
		switch (event.type) {
			case 'joined': room.enter(event.nick); break;
			case 'renamed': room.rename(event.from, event.to); break;
			case 'topic': room.topic = event.topic; break;
			case 'mode': room.setModes(event.modes); break;
			case 'left': case 'quit': case 'kicked':
				room.leave(event.nick);
				if (event.nick === this.nick) room.isJoined = false;
				break;
		}
		this.arrived(room, line);
	}

	arrived(room, line) {
		room.count(line, this.nick);
		if (this.isReading(room)) room.markRead();
		if (this.isReading(room) || room !== this.view) room.trim();
		this.on.said(room, line, !line.event.isOwn && line.event.text !== undefined && (!room.isRoom || mentions(line.event.text, this.nick)));
	}

	#setAway({ nick, reason = '' }) {
		for (const room of this.rooms.values()) {
			const member = room.member(nick);
			if (member) member.away = reason;
			if (room.key === fold(nick) && room.away !== reason) {
				room.away = reason;
				this.note(reason ? `${nick} is away: ${reason}` : `${nick} is back`, false, room);
			}
		}
		this.on.changed();
	}

	// Own lines and private messages.

	transmitOwn(room, own) {
		own.nick = this.nick;
		const words = room.isRoom ? { type: own.isAction ? 'me' : 'say', room: room.name } : { type: 'msg', to: room.name };
		const canSend = this.isReady && !room.isResuming;
		if (canSend && room.isRoom && !room.isJoined) {
			Object.assign(own, { state: 'failed', why: `You are not in ${room.name}.` });
			return;
		}
		const isSent = canSend && (own.file ? this.on.upload(room, own)
			: this.request({ ...words, text: own.text }, answer => this.#answered(room, own, answer)));
		own.state = isSent ? 'sent' : 'waiting';
	}

	#answered(room, own, answer) {
		if (answer.type === 'ok' || answer.code === 'not_stored') {
			const seq = room.isRoom ? answer.seq : ++this.#privateSeq;
			room.epoch = room.isRoom ? room.epoch : 'private';
			if (room.confirm(own, seq) && room.isRoom) room.advance();
			if (answer.type === 'error') this.note(answer.message, true, room);
			if (this.isReading(room)) room.markRead();
		} else if (answer.code === 'unknown_nick' && !room.lines.length && room.pending.length === 1) {
			this.#remove(room);
			this.note(`${room.name}: ${answer.message}`, true);
		} else if (answer.type === 'error') {
			Object.assign(own, { state: 'failed', why: answer.message });
		}
		this.on.changed();
	}

	#privateMessage({ from, to, text, time }) {
		if (/^[@+]?#/.test(to)) {
			const room = this.find(to.replace(/^[@+]/, ''));
			this.note(`${from} to ${to.startsWith('@') ? 'the operators' : 'some members'}: ${text}`, false, room);
			return;
		}
		if (from === this.nick) {
			return; // an own line to oneself: the answer shows it
		}
		const room = this.room(from);
		room.name = from;
		const line = room.insert({ type: 'said', from, text, time, seq: ++this.#privateSeq }, 'private');
		this.arrived(room, line);
		this.on.changed();
	}
}
