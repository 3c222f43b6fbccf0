// The line that is typed: its keys, completion, and the lines typed before.

import { completions, parse } from './commands.js';
import { make, setText } from './log.js';
import { byteLength, linesOf, plural } from './text.js';

const MAX_PAST = 50;
const MAX_LINES = 30;
const SHOWN = 8; // of what a word may become
const NEARLY_FULL = 0.85;

export class Composer {
	#past = [];
	#at = 0;
	#draft = '';
	#found = null; // what the word before the caret may become
	#chosen = -1;
	#isDismissed = false;
	#cycle = null; // of Tab: { items, index, start }

	/** `on` has act(action), names() for completion, page(direction) and newest(). */
	constructor(form, text, choices, hint, session, on) {
		Object.assign(this, { text, choices, hint, session, on });
		form.addEventListener('submit', event => {
			event.preventDefault();
			this.#submit();
		});
		text.addEventListener('input', () => {
			this.#isDismissed = false;
			this.#cycle = null;
			this.#changed();
		});
		text.addEventListener('keydown', event => this.#key(event));
		text.addEventListener('blur', () => this.#show(null));
	}

	set(value) {
		this.text.value = value;
		this.text.setSelectionRange(value.length, value.length);
		this.text.focus();
		this.#changed();
	}

	#changed() {
		const longest = Math.max(...this.text.value.split('\n').map(byteLength));
		const lines = linesOf(this.text.value).length;
		const most = this.session.textBytes;
		setText(this.hint, longest > most * NEARLY_FULL ? `${longest} of ${most} bytes`
			: lines > 1 ? `${plural(lines, 'line')} will be sent` : '');
		this.#show(this.#isDismissed || this.#cycle ? null : this.#complete(false));
	}

	#complete(isAsked) {
		const { value, selectionStart, selectionEnd } = this.text;
		return selectionStart === selectionEnd ? completions(value, selectionStart, this.on.names(), isAsked) : null;
	}

	#submit() {
		const typed = this.text.value;
		const lines = linesOf(typed);
		const { view, textBytes } = this.session;
		if (!lines.length || !view) return;
		if (lines.length > MAX_LINES) {
			setText(this.hint, `That is ${lines.length} lines: at most ${MAX_LINES} at once.`);
			return;
		}
		// Nothing pasted is carried out or said by mistake.
		const isMixed = lines.length > 1 && lines.some(line => /^\/(?!\/)/.test(line));
		const actions = isMixed ? [{ error: 'One of these lines begins with a slash: send it alone, or begin it with // to say it.' }] :
			lines.map(line => parse(line, view, textBytes));
		const wrong = actions.find(action => action.error);
		if (wrong) {
			setText(this.hint, wrong.error);
			return;
		}
		this.#past = [...this.#past.filter(line => line !== typed), ...(/^\/(pass|oper)\b/i.test(typed) ? [] : [typed])].slice(-MAX_PAST);
		this.#at = this.#past.length;
		this.text.value = '';
		this.#changed();
		actions.forEach(action => this.on.act(action));
	}

	#key(event) {
		if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
		const handler = {
			Enter: () => {
				if (event.shiftKey) return false;
				if (event.repeat) return true; // the key is still down that closed a dialog
				if (this.#chosen >= 0) {
					this.#take(this.#found, this.#chosen);
				} else {
					this.#submit();
				}
				return true;
			},
			Tab: () => this.#tab(event.shiftKey ? -1 : 1),
			Escape: () => {
				if (this.#found) {
					this.#isDismissed = true;
					this.#show(null);
				} else {
					this.on.newest();
				}
				return true;
			},
			ArrowUp: () => this.#arrow(-1),
			ArrowDown: () => this.#arrow(1),
			PageUp: () => this.on.page(-1) ?? true,
			PageDown: () => this.on.page(1) ?? true,
		}[event.key];
		if (handler?.()) event.preventDefault();
	}

	// Tab again takes the next. With nothing to complete it moves the focus.
	#tab(direction) {
		if (!this.#cycle) {
			const found = this.#isDismissed ? null : this.#complete(true);
			if (!found) return false;
			const index = this.#chosen >= 0 ? this.#chosen : direction > 0 ? 0 : found.items.length - 1;
			this.#cycle = { ...found, index };
		} else {
			const { items, index } = this.#cycle;
			this.#cycle.index = (index + direction + items.length) % items.length;
		}
		const { start, end, items, index } = this.#cycle;
		this.text.setRangeText(items[index].insert, start, end, 'end');
		this.#cycle.end = start + items[index].insert.length;
		if (items.length === 1) {
			this.#cycle = null;
			this.#show(null);
		} else {
			this.#show({ start, end, items }, index);
		}
		return true;
	}

	#take(found, index) {
		this.text.setRangeText(found.items[index].insert, found.start, found.end, 'end');
		this.#cycle = null;
		this.#show(null);
	}

	#arrow(direction) {
		if (this.#found) {
			const { length } = this.#found.items;
			this.#show(this.#found, this.#chosen < 0 && direction < 0 ? length - 1 : (this.#chosen + direction + length) % length);
			return true;
		}
		const { value, selectionStart } = this.text;
		const isAtEdge = direction < 0 ? !value.slice(0, selectionStart).includes('\n') : !value.slice(selectionStart).includes('\n');
		const to = this.#at + direction;
		if (!isAtEdge || to < 0 || to > this.#past.length) return false;
		this.#draft = this.#at === this.#past.length ? value : this.#draft;
		this.#at = to;
		this.#isDismissed = true;
		this.set(to === this.#past.length ? this.#draft : this.#past[to]);
		return true;
	}

	#show(found, chosen = -1) {
		this.#found = found;
		this.#chosen = found ? chosen : -1;
		this.choices.hidden = !found;
		const items = found?.items ?? [];
		const first = Math.max(0, Math.min(chosen - SHOWN / 2, items.length - SHOWN));
		this.choices.replaceChildren(...items.slice(first, first + SHOWN).map((item, at) => {
			const i = first + at;
			const option = make('li', '', make('span', 'label', item.label), make('span', 'small', item.hint));
			Object.assign(option, { id: `choice-${i}`, role: 'option', ariaSelected: String(i === chosen),
				ariaPosInSet: i + 1, ariaSetSize: items.length });
			option.onpointerdown = event => {
				event.preventDefault();
				this.#take(found, i);
			};
			return option;
		}));
		this.text.setAttribute('aria-activedescendant', this.#chosen >= 0 ? `choice-${chosen}` : '');
	}
}
