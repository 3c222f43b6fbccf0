// The data of the page, without the page: reports of the server become ticks, rates and clients. Pure, so that it can be tested alone.

export const PHASES = [
	{ key: 'wait', name: 'Wait' },
	{ key: 'accept', name: 'Accept' },
	{ key: 'read', name: 'Read' },
	{ key: 'carry', name: 'Carry out' },
	{ key: 'write', name: 'Write' },
	{ key: 'reap', name: 'Reap' },
];

export const SLOW = 1;
export const FLOOD = 2;
export const OUTPUT = 4;

// Ticks that the page remembers, so that one can step back while it is paused.
export const MAX_TICKS = 600;

// Milliseconds over which rates are taken.
const RATE_MS = 2000;

const COLUMN_OF = { wait: 'wait_ns', accept: 'accept_ns', read: 'read_ns', carry: 'carry_out_ns', write: 'write_ns', reap: 'reap_ns' };

export class Model {
	constructor() {
		this.hello = null;
		this.ticks = [];
		this.missing = 0;
		this.connections = 0;
		this.clients = [];
		this.process = null;
		this.longestNs = 0;
		this.sums = [];
		this.syncs = null;
	}

	// Takes one message of the server.
	take(message) {
		if (message.type === 'hello') {
			this.hello = message;
			this.sums = [];
		} else if (message.type === 'report' && this.hello) {
			this.takeReport(message);
		}
	}

	// The ticks to show: all, or without those that only served this page.
	shown(hidesOwn) {
		return hidesOwn ? this.ticks.filter((tick) => !tick.isOwn) : this.ticks;
	}

	// Sums of each second, over the last reports.
	rates() {
		const elapsed = this.sums.length > 1 ? this.sums.at(-1).atMs - this.sums[0].atMs : 0;
		const total = (name) => this.sums.slice(1).reduce((sum, one) => sum + one[name], 0);
		const rate = (name) => (elapsed > 0 ? (total(name) * 1000) / elapsed : 0);
		const workNs = total('workNs');
		return {
			ticks: rate('count'),
			lines: rate('lines'),
			delivered: rate('delivered'),
			bytesIn: rate('bytesIn'),
			bytesOut: rate('bytesOut'),
			busy: elapsed > 0 ? workNs / (elapsed * 1e6) : 0,
		};
	}

	// How many clients wait, by reason, and the bytes queued for all that the server shows.
	crowd() {
		const count = (flag) => this.clients.filter((client) => client.waits & flag).length;
		return { slow: count(SLOW), flood: count(FLOOD), output: count(OUTPUT), bytes: this.clients.reduce((sum, one) => sum + one.bytes, 0) };
	}

	takeReport(report) {
		const ticks = report.ticks.map((row) => this.tickOf(row));
		if (ticks.length > 0 && this.ticks.length > 0) {
			this.missing += Math.max(0, ticks[0].number - this.ticks.at(-1).number - 1);
		}

		this.ticks.push(...ticks);
		this.ticks.splice(0, Math.max(0, this.ticks.length - MAX_TICKS));
		const sums = report.sums ? this.tickOf(report.sums) : null;
		this.sums.push({
			atMs: report.at_ms,
			count: report.count,
			workNs: sums?.workNs ?? 0,
			lines: sums?.lines ?? 0,
			delivered: sums?.delivered ?? 0,
			bytesIn: sums?.bytesIn ?? 0,
			bytesOut: sums?.bytesOut ?? 0,
		});
		while (this.sums.length > 2 && report.at_ms - this.sums[0].atMs > RATE_MS) {
			this.sums.shift();
		}

		this.longestNs = Math.max(this.longestNs, report.longest ? this.tickOf(report.longest).workNs : 0);
		if (report.clients) {
			this.connections = report.connections;
			this.clients = report.clients.map((row) => this.clientOf(row)).sort((a, b) => a.index - b.index);
		}

		if (report.process) {
			this.syncs = this.process && {
				count: report.process.journal_syncs - this.process.journal_syncs,
				us: report.process.journal_sync_us - this.process.journal_sync_us,
			};
			this.process = report.process;
		}
	}

	tickOf(row) {
		const get = (name) => row[this.hello.tick.indexOf(name)];
		const ns = {};
		for (const { key } of PHASES) {
			ns[key] = get(COLUMN_OF[key]);
		}

		return {
			number: get('number'),
			beganUs: get('began_us'),
			ns,
			workNs: ns.accept + ns.read + ns.carry + ns.write + ns.reap,
			ready: get('ready'),
			accepted: get('accepted'),
			frames: get('frames'),
			bytesIn: get('bytes_in'),
			bytesOut: get('bytes_out'),
			lines: get('lines'),
			delivered: get('delivered'),
			closed: get('closed'),
			isOwn: get('for_watchers') === 1,
		};
	}

	clientOf(row) {
		const get = (name) => row[this.hello.client.indexOf(name)];
		return { index: get('index'), protocol: get('protocol'), nick: get('nick'), bytes: get('outbox_bytes'), waits: get('waits') };
	}
}

// A time in the unit that people read it in.
export function time(ns) {
	if (ns < 1e3) {
		return `${ns} ns`;
	}

	const [value, unit] = ns < 1e6 ? [ns / 1e3, 'µs'] : ns < 1e9 ? [ns / 1e6, 'ms'] : [ns / 1e9, 's'];
	return `${value < 100 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

export function bytes(number) {
	if (number < 1024) {
		return `${Math.round(number)} bytes`;
	}

	const [value, unit] = number < 1024 * 1024 ? [number / 1024, 'KiB'] : [number / (1024 * 1024), 'MiB'];
	return `${value < 100 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

export function count(number, one, many = `${one}s`) {
	return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

// One sentence for each phase of a tick; empty for one in which nothing happened.
export function explain(tick) {
	return {
		wait: tick.ready > 0
			? `The loop slept until ${count(tick.ready, 'socket was', 'sockets were')} ready.`
			: 'The loop slept until a timer was due. No socket was ready.',
		accept: tick.accepted > 0 ? `${count(tick.accepted, 'client')} came in.` : '',
		read: tick.bytesIn > 0 ? `${bytes(tick.bytesIn)} came out of the sockets.` : '',
		carry: tick.frames > 0
			? `${count(tick.frames, 'line or frame', 'lines or frames')} ran: ${count(tick.lines, 'line')} said, `
				+ `${count(tick.delivered, 'copy', 'copies')} queued.`
			: 'Only timers and answers of other threads.',
		write: tick.bytesOut > 0 ? `${bytes(tick.bytesOut)} went to the clients, at most one write for each.` : '',
		reap: tick.closed > 0 ? `${count(tick.closed, 'connection')} closed, and the rooms heard of it.` : '',
	};
}

// The words for what a client waits for.
export function waitsOf(client) {
	const words = [];
	if (client.waits & SLOW) {
		words.push('slow: it does not read what was sent');
	}

	if (client.waits & FLOOD) {
		words.push('paused by flood control');
	}

	if (client.waits & OUTPUT) {
		words.push('its commands wait for its own answers');
	}

	return words.length > 0 ? words.join('; ') : 'keeps up';
}

export function describe(client) {
	return `${client.nick || '(no nick)'}, ${client.protocol ?? 'unknown protocol'}, ${bytes(client.bytes)} queued, ${waitsOf(client)}`;
}
