// Draws at most 500 rows of the view, and never moves what a reader looks at.

import { rowsOf, summaryOf, textOf } from './state.js';
import { hueOf, mentions, pieces, plural } from './text.js';

const MAX_ROWS = 500;
const STEP = 100;
const NEAR_PX = 700;
const AT_END_PX = 24;

export const make = (tag, className = '', text = null) => {
	const element = document.createElement(tag);
	if (className) element.className = className;
	if (text !== null) element.textContent = text;
	return element;
};

/** A text with its links, isolated: its direction of writing ends with it. */
export function textElement(text, tag = 'span') {
	const element = make(tag, 'text');
	element.dir = 'auto';
	for (const piece of pieces(text)) {
		if (piece.href) {
			const link = make('a', '', piece.text);
			Object.assign(link, { href: piece.href, target: '_blank', rel: 'noopener noreferrer', dir: 'ltr', title: piece.href });
			element.append(link);
		} else {
			element.append(piece.text);
		}
	}
	return element;
}

export function nickElement(nick) {
	const element = make('bdi', 'nick', nick);
	element.style.setProperty('--hue', hueOf(nick));
	return element;
}

const DAY = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

const dayOf = time => {
	const date = new Date(time);
	return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
};

function timeElement(time) {
	const date = new Date(time);
	const element = make('time', '', CLOCK.format(date));
	Object.assign(element, { dateTime: time, title: FULL.format(date), ariaHidden: 'true' });
	return element;
}

export class Log {
	#rows = [];
	#drawn = new Map(); // key -> { element, version }
	#start = 0;
	#end = 0;
	#isDrawing = false;

	constructor(scroller, list, newest, session) {
		Object.assign(this, { scroller, list, newest, session, room: null, isFollowing: true });
		scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
		newest.addEventListener('click', () => {
			this.toEnd();
			scroller.focus();
		});
		new ResizeObserver(() => {
			if (this.isFollowing) this.#scrollTo(scroller.scrollHeight);
		}).observe(scroller);
	}

	toEnd() {
		this.isFollowing = true;
		this.draw();
		this.#read();
	}

	page(direction) {
		this.scroller.scrollBy({ top: direction * this.scroller.clientHeight * 0.85 });
	}

	draw() {
		const { view } = this.session;
		if (view !== this.room) {
			this.#leave();
			this.room = view;
			this.#rows = view ? rowsOf(view, dayOf) : [];
			this.#comeTo();
			return;
		}
		if (!view) return;
		const firstKey = this.#rows[this.#start]?.key;
		const wasAtEnd = this.#end === this.#rows.length;
		const height = this.#end - this.#start;
		this.#rows = rowsOf(view, dayOf);
		if (this.isFollowing) {
			this.#end = this.#rows.length;
			const full = this.#end - (MAX_ROWS - STEP);
			const start = this.#startOf(firstKey);
			this.#start = start > full || this.#end - start > MAX_ROWS ? full : start;
		} else {
			this.#start = this.#startOf(firstKey);
			this.#end = wasAtEnd ? this.#start + MAX_ROWS : this.#start + height;
			if (this.scroller.scrollTop < NEAR_PX) this.#start -= STEP;
		}
		this.#reconcile();
	}

	#startOf(key) {
		const found = this.#rows.findIndex(row => row.key === key);
		return found < 0 ? Math.min(this.#start, this.#rows.length) : found;
	}

	#leave() {
		if (this.room) {
			const anchor = this.isFollowing ? null : this.#anchor();
			this.room.place = anchor && { key: anchor.key, offset: anchor.offset };
		}
		this.#drawn.clear();
		this.list.replaceChildren();
	}

	#comeTo() {
		const place = this.room?.place;
		const at = place ? this.#rows.findIndex(row => row.key === place.key) : -1;
		const unread = this.room?.unread ? this.#rows.findIndex(row => row.type === 'unread') : -1;
		const middle = at >= 0 ? at : unread;
		this.isFollowing = middle < 0;
		this.#end = middle < 0 ? this.#rows.length : Math.min(this.#rows.length, middle + MAX_ROWS / 2);
		this.#start = this.#end - (MAX_ROWS - STEP);
		this.#reconcile();
		if (middle >= 0) {
			const { element } = this.#drawn.get(this.#rows[middle].key);
			this.#scrollTo(element.offsetTop - (at >= 0 ? place.offset : this.scroller.clientHeight / 4));
			this.#scrolled();
		}
		this.#read();
	}

	#reconcile() {
		this.#isDrawing = true;
		this.#start = Math.max(0, this.#start);
		this.#end = Math.min(this.#rows.length, Math.max(this.#end, this.#start), this.#start + MAX_ROWS);
		const anchor = this.isFollowing ? null : this.#anchor();
		const wanted = this.#rows.slice(this.#start, this.#end);
		const keys = new Set(wanted.map(row => row.key));
		for (const [key, { element }] of this.#drawn) {
			if (!keys.has(key)) {
				element.remove();
				this.#drawn.delete(key);
			}
		}
		let next = this.list.firstElementChild;
		for (const row of wanted) {
			const old = this.#drawn.get(row.key);
			if (old?.version === row.version) {
				if (old.element === next) {
					next = next.nextElementSibling;
				} else {
					this.list.insertBefore(old.element, next);
				}
				continue;
			}
			const element = this.#element(row);
			element.dataset.key = row.key;
			if (old) {
				next = old.element === next ? next.nextElementSibling : next;
				old.element.remove();
			}
			this.list.insertBefore(element, next);
			this.#drawn.set(row.key, { element, version: row.version });
		}
		if (this.isFollowing) {
			this.#scrollTo(this.scroller.scrollHeight);
		} else if (anchor) {
			const element = this.#drawn.get(anchor.key)?.element;
			if (element) this.#scrollTo(element.offsetTop - anchor.offset);
		}
		this.#isDrawing = false;
		this.#showNewest();
		if (this.#start === 0 && this.list.offsetHeight < this.scroller.clientHeight + NEAR_PX && this.room) this.session.older(this.room);
	}

	#scrollTo(top) {
		this.scroller.scrollTop = top;
	}

	#anchor() {
		const { scrollTop } = this.scroller;
		const keys = new Set(this.#rows.slice(Math.max(0, this.#start), this.#end).map(row => row.key));
		for (const element of this.list.children) {
			if (element.offsetTop + element.offsetHeight > scrollTop && keys.has(element.dataset.key) && !element.matches('.day, .start')) {
				return { key: element.dataset.key, offset: element.offsetTop - scrollTop };
			}
		}
		return null;
	}

	#scrolled() {
		if (this.#isDrawing || !this.room) return;
		const { scrollTop, scrollHeight, clientHeight } = this.scroller;
		const below = scrollHeight - scrollTop - clientHeight;
		this.isFollowing = below < AT_END_PX && this.#end === this.#rows.length;
		if (this.isFollowing) {
			this.#read();
		} else if (scrollTop < NEAR_PX && this.#start > 0) {
			this.#start -= STEP;
			this.#end = Math.min(this.#end, this.#start + MAX_ROWS);
			this.#reconcile();
		} else if (scrollTop < NEAR_PX) {
			this.session.older(this.room);
		} else if (below < NEAR_PX && this.#end < this.#rows.length) {
			this.#end += STEP;
			this.#start = Math.max(this.#start, this.#end - MAX_ROWS);
			this.#reconcile();
		}
		this.#showNewest();
	}

	#read() {
		if (this.room?.unread && this.session.isReading(this.room)) {
			this.room.markRead();
			this.session.on.changed();
		}
	}

	#showNewest() {
		this.newest.hidden = this.isFollowing;
		const { unread } = this.room ?? {};
		const text = unread ? `${plural(unread, 'new line')} ↓` : 'Newest ↓';
		if (this.newest.textContent !== text) this.newest.textContent = text;
	}

	#element(row) {
		switch (row.type) {
			case 'line': return this.#line(row);
			case 'own': return this.#own(row);
			case 'quiet': return this.#quiet(row);
			case 'day': return make('li', 'day', DAY.format(new Date(row.time)));
			case 'unread': return make('li', 'unread', 'New since you were here');
			case 'start': return make('li', 'start', row.text);
			case 'gap': return make('li', 'gap', row.line.event.text);
			default: return this.#note(row.line.event);
		}
	}

	#line({ line: { event }, isNext }) {
		const isMention = !event.isOwn && this.room.isRoom && mentions(event.text, this.session.nick);
		const item = make('li', `line${isNext ? ' next' : ''}${isMention ? ' mention' : ''}${event.type === 'acted' ? ' acted' : ''}`);
		const body = make('div', 'body');
		body.append(nickElement(event.from), make('span', 'colon', event.type === 'acted' ? ' ' : ': '), textElement(event.text));
		if (isMention) body.prepend(make('span', 'unseen', 'Names you: '));
		item.append(body, timeElement(event.time));
		return item;
	}

	#own({ own }) {
		const item = make('li', `line mine ${own.state}`);
		const body = make('div', 'body');
		body.append(nickElement(own.nick || this.session.wantedNick), make('span', 'colon', own.isAction ? ' ' : ': '), textElement(own.text));
		const words = {
			sent: 'sending …', waiting: 'waits for the connection', failed: `Not sent: ${own.why}`,
			unsure: 'Not confirmed: the connection broke. Others may have read it.',
		};
		const state = make('div', 'fate', words[own.state]);
		if (own.state === 'failed' || own.state === 'unsure') {
			const [again, drop] = [make('button', '', 'Send again'), make('button', '', 'Discard')];
			again.onclick = () => this.session.sayAgain(this.room, own);
			drop.onclick = () => this.session.drop(this.room, own);
			state.append(' ', again, ' ', drop);
		}
		item.append(body, timeElement(own.time), state);
		return item;
	}

	#quiet({ events }) {
		const item = make('li', 'quiet');
		if (events.length === 1) {
			item.append(textElement(textOf(events[0])), timeElement(events[0].time));
			return item;
		}
		const details = make('details');
		details.append(make('summary', '', summaryOf(events)));
		details.ontoggle = () => {
			if (details.open && details.childElementCount === 1) {
				const list = make('ul');
				list.append(...events.slice(-200).map(event => {
					const one = make('li');
					one.append(timeElement(event.time), ' ', textElement(textOf(event)));
					return one;
				}));
				details.append(list);
			}
		};
		item.append(details, timeElement(events.at(-1).time));
		return item;
	}

	#note(event) {
		const item = make('li', event.isError ? 'note error' : 'note');
		item.append(textElement((event.isError ? '⚠ ' : '') + textOf(event)));
		if (event.time) item.append(timeElement(event.time));
		return item;
	}
}
