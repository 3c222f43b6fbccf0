// Draws the clients: one mark each, its height the bytes that wait for it, its shape what it waits for.

import { FLOOD, OUTPUT, SLOW, bytes, describe } from './model.js';
import { element } from './strip.js';

const LEFT = 64;
const BASE = 160;
const TOP = 12;

export class Crowd {
	constructor(box, line) {
		this.box = box;
		this.line = line;
		this.svg = box.querySelector('#dots');
		this.resize();
		new ResizeObserver(() => this.resize()).observe(this.svg);
		this.marks = box.querySelector('#marks');
		this.group = box.querySelector('#clients');
		this.shown = new Map();
		this.clients = [];
		this.chosen = null;
		box.addEventListener('keydown', (event) => this.onKey(event));
		box.addEventListener('focus', () => this.choose(this.chosen ?? this.clients[0]?.index));
	}

	resize() {
		const width = Math.max(280, this.svg.clientWidth);
		this.svg.setAttribute('viewBox', `0 0 ${width} 180`);
		this.width = width - LEFT - 8;
		this.drawn = '';
	}

	draw(clients, hello) {
		this.clients = clients;
		const limit = hello.outbox_hard_bytes;
		this.drawLimits(hello);
		const present = new Set(clients.map((client) => client.index));
		for (const [index, mark] of this.shown) {
			if (!present.has(index)) {
				mark.remove();
				this.shown.delete(index);
			}
		}

		const step = Math.min(26, this.width / Math.max(clients.length, 1));
		clients.forEach((client, place) => this.drawClient(client, LEFT + (place + 0.5) * step, this.heightOf(client.bytes, limit)));
		this.tell();
	}

	drawClient(client, x, y) {
		const [kind, d] = client.waits & SLOW ? ['slow', 'M0 -6L6 6H-6Z']
			: client.waits & FLOOD ? ['flood', 'M-5 -5H5V5H-5Z']
				: client.waits & OUTPUT ? ['output', 'M0 -7L7 0L0 7L-7 0Z']
					: ['fine', 'M-5 0A5 5 0 1 1 5 0A5 5 0 1 1 -5 0Z'];
		let mark = this.shown.get(client.index);
		if (!mark) {
			mark = element('path', { id: `client-${client.index}`, role: 'option' }, this.group);
			mark.addEventListener('pointerenter', () => this.choose(client.index));
			this.shown.set(client.index, mark);
		}

		mark.setAttribute('class', kind);
		mark.setAttribute('d', d);
		mark.setAttribute('transform', `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
		mark.setAttribute('aria-label', describe(client));
		mark.setAttribute('aria-selected', client.index === this.chosen);
	}

	// Nothing queued is on the line; one byte is a little above it, and the limit is at the top, in steps of ten.
	heightOf(queued, limit) {
		return BASE - (Math.log10(1 + queued) / Math.log10(1 + limit)) * (BASE - TOP);
	}

	drawLimits(hello) {
		const key = `${hello.outbox_soft_bytes} ${hello.outbox_hard_bytes}`;
		if (this.drawn === key) {
			return;
		}

		this.drawn = key;
		this.marks.replaceChildren();
		const limit = hello.outbox_hard_bytes;
		for (const [kind, value] of [['rule', 0], ['rule', 1024], ['limit', hello.outbox_soft_bytes], ['limit', limit]]) {
			const y = this.heightOf(value, limit);
			element('line', { class: kind, x1: LEFT - 6, x2: LEFT + this.width, y1: y, y2: y }, this.marks);
			element('text', { x: LEFT - 10, y: y + 4, 'text-anchor': 'end' }, this.marks).textContent = bytes(value).replace('.0', '');
		}
	}

	choose(index) {
		this.shown.get(this.chosen)?.setAttribute('aria-selected', 'false');
		this.chosen = index ?? null;
		const mark = this.shown.get(this.chosen);
		mark?.setAttribute('aria-selected', 'true');
		if (mark) {
			this.box.setAttribute('aria-activedescendant', mark.id);
		} else {
			this.box.removeAttribute('aria-activedescendant');
		}

		this.tell();
	}

	tell() {
		const client = this.clients.find((one) => one.index === this.chosen);
		const text = client ? describe(client) : 'Point at a client, or go there with the arrow keys.';
		if (this.line.textContent !== text) {
			this.line.textContent = text;
		}
	}

	onKey(event) {
		const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
		if (step === undefined || this.clients.length === 0) {
			return;
		}

		event.preventDefault();
		event.stopPropagation();
		const at = this.clients.findIndex((client) => client.index === this.chosen);
		const next = Math.min(this.clients.length - 1, Math.max(0, at + step));
		this.choose(this.clients[next].index);
	}
}
