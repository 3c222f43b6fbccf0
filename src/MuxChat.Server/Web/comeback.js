// Coming back after a break: the nick, what each room missed, and lines that waited. Pure.

import { fold } from './text.js';

const RECLAIM_MS = 5000;
const MAX_RECLAIMS = 60;

export class Comeback {
	#reclaims = 0;
	#reclaimAt = 0; // 0: no nick is waited for

	constructor(session) {
		this.session = session;
	}

	/** The connection broke: nothing that was under way goes on. */
	broke() {
		for (const room of this.session.rooms.values()) {
			room.arriving = null;
			room.isJoined = room.isResuming = room.isLoading = false;
			room.entering = room.gap = null;
			// A line that was sent may have been said. One that waits was not.
			room.pending.filter(own => own.state === 'sent').forEach(own => own.state = own.file ? 'waiting' : 'unsure');
		}
	}

	/** There is a connection again: asks for the nick and for all rooms. */
	run() {
		const { session } = this;
		this.#reclaims = this.#reclaimAt = 0;
		let nick = session.wantedNick === session.nick ? undefined : session.wantedNick;
		for (const room of session.rooms.values()) {
			if (room.isRoom && room.epoch !== null) {
				this.resume(room, room.word, nick);
				nick = undefined;
			} else if (room.isRoom && room.key !== fold(session.lobby)) {
				session.enterRoom(room.name);
			} else if (!room.isRoom) {
				this.#sendWaiting(room);
			}
		}
		if (nick) session.request({ type: 'nick', nick }, answer => this.nickIsTaken(answer));
	}

	// The nick.

	nickIsTaken(answer) {
		const { session } = this;
		if (answer.code === 'nick_taken') {
			session.note(`You are ${session.nick} for now: ${session.wantedNick} is still taken, perhaps by your broken connection.`, true);
			this.#reclaimAt = session.now() + 1000;
		} else {
			session.complain(answer);
		}
	}

	/** Every second: asks again for a nick that the broken connection still had. */
	tick() {
		const { session } = this;
		if (!session.isReady || !this.#reclaimAt || session.now() < this.#reclaimAt) return;
		this.#reclaimAt = ++this.#reclaims < MAX_RECLAIMS ? session.now() + RECLAIM_MS : 0;
		session.request({ type: 'nick', nick: session.wantedNick }, answer => {
			if (answer.type === 'ok') this.#reclaimAt = 0;
		});
	}

	/** This client has a new nick. */
	renamed() {
		this.#reclaimAt = 0;
	}

	quit(nick) {
		if (nick === this.session.wantedNick && this.#reclaimAt) {
			this.#reclaimAt = this.session.now();
			this.tick();
		}
	}

	// A room. Its other events wait: what was missed goes before them.

	resume(room, word, nick) {
		const { session } = this;
		room.isResuming = true;
		room.held ??= [];
		room.page = [];
		const request = { type: 'resume', room: room.name, epoch: room.baseEpoch, after: room.base, nick, key: word || undefined };
		session.request(request, answer => {
			if (answer.type !== 'error') room.word = word;
			if (answer.type === 'closed') {
				room.held = null;
				return;
			}
			if (nick && ['nick_taken', 'bad_nick', 'cannot_speak'].includes(answer.code)) {
				this.nickIsTaken(answer);
				this.resume(room, word);
				return;
			}
			const { page, held } = room;
			room.isResuming = false;
			room.held = room.page = null;
			if (answer.type === 'error') {
				this.#refused(room, held, answer);
			} else {
				// A crash may have taken lines above the base: their numbers name others now.
				const epoch = held.findLast(event => event.type === 'room')?.epoch ?? room.epoch;
				room.series += epoch !== room.epoch && room.last.seq > room.base ? 1 : 0;
				room.isFilled = this.#fill(room, page);
			}
			held.forEach(event => session.received(event));
			session.on.changed();
		});
	}

	#refused(room, held, { message }) {
		this.session.note(`You are not in ${room.name}: ${message}`, true, room);
		room.pending.filter(own => own.state === 'waiting').forEach(own => Object.assign(own, { state: 'failed', why: message }));
		if (held.length) this.#forgotten(room);
	}

	/** Returns whether all that was missed is there. */
	#fill(room, pages) {
		if (room.gap) {
			room.gap = null;
			this.#forgotten(room);
			return true;
		}
		this.#addMissed(room, pages);
		const last = pages.at(-1);
		if (last?.more) room.fillAfter = last.events.at(-1)?.seq ?? room.base;
		return !last?.more;
	}

	#forgotten(room) {
		room.beginSeries('The server does not remember what followed here: lines may be missing.');
		room.hasGap = true;
		room.isAtStart = false;
	}

	#addMissed(room, pages) {
		this.session.addPast(room, pages.flatMap(page => page.events)).forEach(line => this.session.arrived(room, line));
	}

	/** The room was entered again, by the event `entered`. */
	entered(room, entered) {
		if (room.isFilled) {
			this.isIn(room, entered);
		} else {
			this.#fillOn(room, entered);
		}
	}

	// The answer was too long: goes on until the event by which this client entered.
	#fillOn(room, entered) {
		this.session.history(room, room.fillAfter, 1000, (pages, more) => {
			this.#addMissed(room, pages);
			const last = pages.at(-1)?.events.at(-1)?.seq ?? entered;
			if (more && last < entered - 1) {
				room.fillAfter = last;
				this.#fillOn(room, entered);
			} else {
				this.isIn(room, entered);
			}
		});
	}

	/** Every event up to `entered` is known: sends what waited. */
	isIn(room, entered) {
		room.base = entered;
		room.advance();
		this.#sendWaiting(room);
	}

	#sendWaiting(room) {
		room.pending.filter(own => own.state === 'waiting').forEach(own => this.session.transmitOwn(room, own));
	}
}
