// The WebSocket: opened again after a pause that grows, and asked whether it still works.

const FIRST_PAUSE_MS = 1000;
const MAX_PAUSE_MS = 30_000;
const QUIET_MS = 75_000; // then ask
const ANSWER_MS = 8000; // then it is dead
const OPENING_MS = 15_000;
const STEADY_MS = 10_000; // a connection that lasted so long begins again with the first pause

export class Connection {
	isOpen = false;
	isWanted = false;
	#socket = null;
	#timer = 0; // of the next attempt, of the opening, or of the next question
	#isAsking = false;
	#pause = FIRST_PAUSE_MS;
	#openedAt = 0;

	/** `on` has opened(), received(frame), closed(), and waits(untilMs), which is 0 while an attempt is made. */
	constructor(url, on) {
		Object.assign(this, { url, on });
	}

	connect() {
		this.isWanted = true;
		this.#pause = FIRST_PAUSE_MS;
		if (!this.#socket) this.#open();
	}

	/** Closes, and stays closed. */
	stop() {
		this.isWanted = false;
		this.#end();
	}

	send(frame) {
		if (this.isOpen) this.#socket.send(JSON.stringify(frame));
		return this.isOpen;
	}

	/** The machine woke up: asks for a sign of life, or connects at once. */
	check() {
		if (this.isOpen) {
			this.#ask();
		} else if (this.isWanted && !this.#socket) {
			this.connect();
		}
	}

	#open() {
		clearTimeout(this.#timer);
		this.on.waits(0);
		const socket = new WebSocket(this.url, 'json.muxchat');
		this.#socket = socket;
		this.#timer = setTimeout(() => this.#end(), OPENING_MS);
		socket.onopen = () => {
			if (socket === this.#socket) {
				this.isOpen = true;
				this.#openedAt = Date.now();
				this.#listen();
				this.on.opened();
			}
		};
		socket.onmessage = message => {
			if (socket === this.#socket) {
				this.#listen();
				this.on.received(JSON.parse(message.data));
			}
		};
		socket.onclose = () => {
			if (socket === this.#socket) this.#end();
		};
	}

	#listen() {
		this.#isAsking = false;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#ask(), QUIET_MS);
	}

	#ask() {
		if (!this.#isAsking) {
			this.#isAsking = true;
			clearTimeout(this.#timer);
			this.#timer = setTimeout(() => this.#end(), ANSWER_MS);
			this.send({ type: 'ping', token: 'page' });
		}
	}

	#end() {
		clearTimeout(this.#timer);
		const socket = this.#socket;
		const wasOpen = this.isOpen;
		this.#socket = null;
		this.isOpen = this.#isAsking = false;
		socket?.close();
		if (wasOpen) this.#pause = Date.now() - this.#openedAt > STEADY_MS ? FIRST_PAUSE_MS : this.#pause;
		if (this.isWanted) {
			// Half of it is random: not all clients of a server come back at once.
			const wait = this.#pause * (0.5 + Math.random() / 2);
			this.#pause = Math.min(MAX_PAUSE_MS, this.#pause * 2);
			this.#timer = setTimeout(() => this.#open(), wait);
			this.on.waits(Date.now() + wait);
		}
		if (wasOpen) this.on.closed();
	}
}
