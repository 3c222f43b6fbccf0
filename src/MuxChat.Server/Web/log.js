// Draws at most 500 rows of the view, and never moves what a reader looks at.

import { rowsOf, summaryOf, textOf } from './state.js';
import { hueOf, mentions, pieces, plural } from './text.js';

const MAX_ROWS = 500;
const STEP = 100;
const NEAR_PX = 700;
const AT_END_PX = 24;

export const make = (tag, className = '', ...content) => {
	const element = document.createElement(tag);
	element.className = className;
	element.append(...content);
	return element;
};

/** An element that is not changed is not read out again. */
export const setText = (element, text) => {
	if (element.textContent !== text) element.textContent = text;
};

/** A text with its links, isolated: its direction of writing ends with it. */
export function textElement(text) {
	const element = make('span', 'text');
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

const bodyElement = (nick, isAction, text) =>
	make('div', 'body', nickElement(nick), make('span', 'colon', isAction ? ' ' : ': '), text);

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

const dayOf = time => new Date(time).toDateString();

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

	constructor(scroller, list, newest, session, files) {
		Object.assign(this, { scroller, list, newest, session, files, room: null, isFollowing: true });
		scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
		newest.addEventListener('click', () => {
			this.toEnd();
			scroller.focus();
		});
		new ResizeObserver(() => {
			if (this.isFollowing) scroller.scrollTop = scroller.scrollHeight;
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
		if (this.room) this.room.place = this.isFollowing ? null : this.#anchor();
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
			this.scroller.scrollTop = element.offsetTop - (at >= 0 ? place.offset : this.scroller.clientHeight / 4);
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
			if (old && old.version === row.version) {
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
			this.scroller.scrollTop = this.scroller.scrollHeight;
		} else if (anchor) {
			const element = this.#drawn.get(anchor.key)?.element;
			if (element) this.scroller.scrollTop = element.offsetTop - anchor.offset;
		}
		this.#isDrawing = false;
		this.#showNewest();
		if (this.#start === 0 && this.list.offsetHeight < this.scroller.clientHeight + NEAR_PX && this.room) this.session.older(this.room);
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
		setText(this.newest, unread ? `${plural(unread, 'new line')} ↓` : 'Newest ↓');
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
		const isAction = event.type !== 'said';
		const text = event.file ? this.files.element(event) : textElement(event.text);
		const body = bodyElement(event.from, isAction, text);
		if (isMention) body.prepend(make('span', 'unseen', 'Names you: '));
		const time = timeElement(event.time);
		const item = make('li', `line${isNext ? ' next' : ''}${isMention ? ' mention' : ''}${isAction ? ' acted' : ''}`, body, time);
		item.title = time.title;
		return item;
	}

	#own({ own }) {
		const words = {
			sent: 'sending …', waiting: 'waits for the connection', failed: `Not sent: ${own.why}`,
			unsure: 'Not confirmed: the connection broke. Others may have read it.',
		};
		const state = make('div', 'fate', words[own.state]);
		if (own.file && own.state !== 'failed') {
			state.append(' ', ...this.files.bar(this.room, own));
		} else if (own.state === 'failed' || own.state === 'unsure') {
			const [again, drop] = [make('button', '', 'Send again'), make('button', '', 'Discard')];
			again.onclick = () => this.session.sayAgain(this.room, own);
			drop.onclick = () => this.session.drop(this.room, own);
			state.append(' ', again, ' ', drop);
		}
		const body = bodyElement(own.nick || this.session.wantedNick, own.isAction, textElement(own.text));
		return make('li', `line mine ${own.state}`, body, timeElement(own.time), state);
	}

	#quiet({ events }) {
		const { time } = events.at(-1);
		if (events.length === 1) return make('li', 'quiet', textElement(textOf(events[0])), timeElement(time));
		const details = make('details', '', make('summary', '', summaryOf(events)));
		details.ontoggle = () => {
			if (details.open && details.childElementCount === 1) {
				details.append(make('ul', '', ...events.slice(-200).map(event =>
					make('li', '', timeElement(event.time), ' ', textElement(textOf(event))))));
			}
		};
		return make('li', 'quiet', details, timeElement(time));
	}

	#note(event) {
		const text = textElement((event.isError ? '⚠ ' : '') + textOf(event));
		if (event.label) text.prepend(make('bdi', '', event.label), '\n');
		return make('li', event.isError ? 'note error' : event.label ? 'note framed' : 'note', text, event.time ? timeElement(event.time) : '');
	}
}
