// The page: it connects, draws what the model holds, and lets one stop the time and step through it.

import { Crowd } from './crowd.js';
import { Model, PHASES, bytes, count, explain, time } from './model.js';
import { Strip, element } from './strip.js';

const byId = (id) => document.getElementById(id);
const isCalm = matchMedia('(prefers-reduced-motion: reduce)');
const FRAME_MS = 100;
const CALM_FRAME_MS = 1000;
const RETRY_MS = 2000;

// While time goes on, text changes no faster than one can read it.
const TEXT_MS = 1000;

let model = new Model();
let isPaused = false;
let frozen = [];
let chosen = null;
let drawnAt = 0;
let wordsAt = 0;
let isDue = false;
const strip = new Strip(byId('strip'), byId('choice'), chooseColumn);
const crowd = new Crowd(byId('crowd'), byId('client'));

function ticks() {
	return isPaused ? frozen : model.shown(byId('own').checked);
}

function setPaused(pauses) {
	if (pauses !== isPaused) {
		frozen = model.shown(byId('own').checked).slice();
		isPaused = pauses;
		chosen = pauses ? chosen ?? frozen.at(-1) ?? null : null;
		byId('pause').setAttribute('aria-pressed', isPaused);
		byId('pause').textContent = isPaused ? 'Go on' : 'Pause';
	}

	draw();
}

// The columns show the ticks up to the chosen one, or to the newest.
function visible() {
	const all = ticks();
	if (!isPaused || !chosen) {
		return all.slice(-strip.count);
	}

	const end = Math.max(all.indexOf(chosen) + 1, Math.min(strip.count, all.length));
	const isNearEnd = all.length - end < strip.count;
	return isNearEnd ? all.slice(-strip.count) : all.slice(Math.max(0, end - strip.count), end);
}

function chooseColumn(column) {
	const columns = visible();
	const tick = columns[Math.max(0, column - (strip.count - columns.length))];
	if (tick) {
		chosen = tick;
		setPaused(true);
	}
}

function step(by) {
	setPaused(true);
	const at = frozen.indexOf(chosen);
	chosen = frozen[Math.min(frozen.length - 1, Math.max(0, (at < 0 ? frozen.length - 1 : at) + by))] ?? null;
	draw();
}

function schedule() {
	if (!isDue) {
		isDue = true;
		const pause = isCalm.matches ? CALM_FRAME_MS : FRAME_MS;
		setTimeout(() => requestAnimationFrame(draw), Math.max(0, drawnAt + pause - performance.now()));
	}
}

function draw() {
	isDue = false;
	drawnAt = performance.now();
	const columns = visible();
	const tick = chosen ?? columns.at(-1);
	strip.draw(columns, tick);
	if (isPaused) {
		drawTick(tick);
	} else if (model.hello) {
		crowd.draw(model.clients, model.hello);
		if (drawnAt - wordsAt >= TEXT_MS) {
			wordsAt = drawnAt;
			drawTick(tick);
			drawFigures();
		}
	}
}

function drawTick(tick) {
	if (!tick) {
		return;
	}

	set(byId('tick-sum'), `Tick ${tick.number.toLocaleString('en')}: ${time(tick.workNs)} of work after a wait of ${time(tick.ns.wait)}`);
	const words = explain(tick);
	let left = 0;
	for (const { key } of PHASES.slice(1)) {
		const width = tick.workNs > 0 ? (tick.ns[key] / tick.workNs) * 100 : 0;
		phases[key].share.setAttribute('x', left.toFixed(2));
		phases[key].share.setAttribute('width', width.toFixed(2));
		left += width;
	}

	for (const { key } of PHASES) {
		const row = phases[key];
		set(row.time, time(tick.ns[key]));
		set(row.what, words[key] || 'nothing');
		row.what.className = words[key] ? 'what' : 'what nothing';
	}
}

function drawFigures() {
	const rates = model.rates();
	const waits = model.crowd();
	const process = model.process;
	const rows = [
		['Connections', model.connections.toLocaleString('en')],
		['Lines a second, in', rates.lines.toFixed(1)],
		['Copies a second, out', rates.delivered.toFixed(1)],
		['Bytes a second, in', bytes(rates.bytesIn)],
		['Bytes a second, out', bytes(rates.bytesOut)],
		['Ticks a second', rates.ticks.toFixed(1)],
		['Share of time at work', `${(rates.busy * 100).toFixed(1)}%`],
		['Longest tick since this page watches', time(model.longestNs)],
		['Longest tick since the start', process ? time(process.longest_tick_us * 1000) : '–'],
		['Slow clients', waits.slow],
		['Paused by flood control', waits.flood],
		['Bytes that wait to be sent', bytes(waits.bytes)],
		['Memory of the process', process ? bytes(process.resident_bytes) : '–'],
		['Past of the rooms', process ? bytes(process.history_bytes) : '–'],
		['Garbage collections', process ? process.collections : '–'],
		['Journal', !process?.journal_up ? 'none, or not storing' : model.syncs?.count
			? `${count(model.syncs.count, 'sync')} a second, ${time(Math.round((model.syncs.us / model.syncs.count) * 1000))} each` : 'idle'],
	];
	const list = byId('figures');
	rows.forEach(([name, value], i) => {
		if (!list.children[i]) {
			const row = document.createElement('div');
			row.append(document.createElement('dt'), document.createElement('dd'));
			row.firstChild.textContent = name;
			list.append(row);
		}

		set(list.children[i].lastChild, String(value));
	});
}

function set(to, text) {
	if (to.textContent !== text) {
		to.textContent = text;
	}
}

function swatch(key) {
	const svg = element('svg', { viewBox: '0 0 14 14', 'aria-hidden': 'true' });
	element('rect', { width: 14, height: 14, fill: `url(#fill-${key})` }, svg);
	return svg;
}

const phases = Object.fromEntries(PHASES.map(({ key, name }) => {
	const row = document.createElement('li');
	const parts = ['name', 'time', 'what'].map((kind) => {
		const part = document.createElement('span');
		part.className = kind;
		return part;
	});
	parts[0].textContent = name;
	row.append(swatch(key), ...parts);
	byId('phases').append(row);
	const entry = document.createElement('li');
	entry.append(swatch(key), name);
	byId('legend').append(entry);
	const share = element('rect', { class: key, height: 10 }, byId('share'));
	return [key, { time: parts[1], what: parts[2], share }];
}));

function tokenQuery() {
	const token = new URLSearchParams(location.hash.slice(1)).get('token');
	return token ? `?token=${encodeURIComponent(token)}` : '';
}

function say(text, isBad) {
	const line = byId('connection');
	set(line, text);
	line.className = isBad ? 'bad' : '';
}

function connect() {
	const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
	const socket = new WebSocket(`${scheme}://${location.host}/loop/events${tokenQuery()}`, 'loop.muxchat');
	let isIn = false;
	socket.addEventListener('message', (event) => {
		const message = JSON.parse(event.data);
		if (message.type === 'hello') {
			isIn = true;
			model = new Model();
			byId('ask').hidden = true;
			say('● live');
			set(byId('server'), `MuxChat ${message.version}, ${message.io}. One thread serves every client. Each turn of it is a tick.`);
		}

		model.take(message);
		schedule();
	});
	socket.addEventListener('close', () => {
		say(isIn ? '✕ the server is gone; trying again' : '✕ not connected; trying again', true);
		byId('ask').hidden = isIn;
		setTimeout(connect, RETRY_MS);
	});
}

byId('pause').addEventListener('click', () => setPaused(!isPaused));
byId('back').addEventListener('click', () => step(-1));
byId('forward').addEventListener('click', () => step(1));
byId('own').addEventListener('change', draw);
byId('ask').addEventListener('submit', (event) => {
	event.preventDefault();
	location.hash = `token=${encodeURIComponent(byId('token').value)}`;
	byId('token').value = '';
});
document.addEventListener('keydown', (event) => {
	const isTyping = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox';
	if (isTyping || event.ctrlKey || event.altKey || event.metaKey) {
		return;
	}

	const action = { p: () => setPaused(!isPaused), ArrowLeft: () => step(-1), ArrowRight: () => step(1) }[event.key];
	if (action) {
		event.preventDefault();
		action();
	}
});
connect();
