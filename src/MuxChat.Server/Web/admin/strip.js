// Draws the strip of ticks: work above the line in equal steps, the wait below it in steps of ten.

import { PHASES, time } from './model.js';

const SVG = 'http://www.w3.org/2000/svg';
// Columns of the widest strip; a narrower one has as many as fit.
export const MAX_COLUMNS = 120;
const LEFT = 64;
const STEP = 14.9;
const WIDTH = 12;
const BASE = 200;
const TOP = 10;
const WAIT_HEIGHT = 46;
const WAIT_DECADES = 7;

export function element(name, attributes, parent) {
	const made = document.createElementNS(SVG, name);
	for (const [key, value] of Object.entries(attributes)) {
		made.setAttribute(key, value);
	}

	parent?.append(made);
	return made;
}

// A step of 1, 2 or 5 times a power of ten that is at least this.
function roundUp(ns) {
	const power = 10 ** Math.floor(Math.log10(Math.max(ns, 1)));
	return power * [1, 2, 5, 10].find((factor) => factor * power >= ns);
}

export class Strip {
	constructor(svg, choice, onChoose) {
		this.grid = svg.querySelector('#grid');
		this.cursor = svg.querySelector('#cursor');
		this.choice = choice;
		this.columns = [];
		this.svg = svg;
		this.resize();
		new ResizeObserver(() => this.resize()).observe(svg);
		const group = svg.querySelector('#columns');
		for (let i = 0; i < MAX_COLUMNS; i++) {
			const column = element('g', { transform: `translate(${LEFT + i * STEP} 0)` }, group);
			const parts = Object.fromEntries(PHASES.map(({ key }) => [key, element('rect', { width: WIDTH, fill: `url(#fill-${key})` }, column)]));
			const hit = element('rect', { class: 'hit', width: STEP, height: 260 }, column);
			hit.addEventListener('click', () => onChoose(i));
			this.columns.push({ column, parts, title: element('title', {}, column) });
		}

		choice.addEventListener('input', () => onChoose(Number(choice.value)));
	}

	// Takes as many columns as the width has room for.
	resize() {
		const width = Math.max(280, this.svg.clientWidth);
		this.svg.setAttribute('viewBox', `0 0 ${width} 260`);
		this.width = width;
		this.count = Math.min(MAX_COLUMNS, Math.floor((width - LEFT) / STEP));
		this.choice.max = this.count - 1;
		this.scale = 0;
	}

	// Draws the ticks that end with the last one given, and marks one of them.
	draw(ticks, chosen) {
		const visible = ticks.slice(-this.count);
		const scale = roundUp(visible.reduce((most, tick) => Math.max(most, tick.workNs), 1000));
		this.drawGrid(scale);
		const first = this.count - visible.length;
		this.columns.forEach(({ column, parts, title }, i) => {
			const tick = visible[i - first];
			column.setAttribute('visibility', tick ? 'visible' : 'hidden');
			if (tick) {
				this.drawColumn(parts, tick, scale);
				title.textContent = `Tick ${tick.number}: ${time(tick.workNs)} of work`;
			}
		});
		const place = first + visible.indexOf(chosen);
		this.cursor.setAttribute('visibility', chosen && place >= first ? 'visible' : 'hidden');
		this.cursor.setAttribute('x', LEFT + place * STEP - 1);
		this.choice.value = place;
		this.choice.setAttribute('aria-valuetext', chosen ? `tick ${chosen.number}, ${time(chosen.workNs)} of work` : 'no tick');
	}

	drawColumn(parts, tick, scale) {
		let top = BASE;
		for (const { key } of PHASES.slice(1)) {
			const height = (tick.ns[key] / scale) * (BASE - TOP);
			top -= height;
			parts[key].setAttribute('y', top.toFixed(1));
			parts[key].setAttribute('height', height.toFixed(1));
		}

		const decades = Math.min(WAIT_DECADES, Math.max(0, Math.log10(Math.max(tick.ns.wait, 1) / 1000)));
		parts.wait.setAttribute('y', BASE + 4);
		parts.wait.setAttribute('height', ((decades / WAIT_DECADES) * WAIT_HEIGHT).toFixed(1));
	}

	drawGrid(scale) {
		if (this.scale === scale) {
			return;
		}

		this.scale = scale;
		this.grid.replaceChildren();
		for (const share of [0, 0.5, 1]) {
			this.line(BASE - share * (BASE - TOP), time(scale * share));
		}

		const millisecond = BASE + 4 + (3 / WAIT_DECADES) * WAIT_HEIGHT;
		this.line(millisecond, '1 ms wait');
		this.line(BASE + 4 + WAIT_HEIGHT, '10 s wait');
	}

	line(y, label) {
		element('line', { class: 'rule', x1: LEFT - 6, x2: this.width, y1: y, y2: y }, this.grid);
		element('text', { x: LEFT - 10, y: y + 4, 'text-anchor': 'end' }, this.grid).textContent = label;
	}
}
