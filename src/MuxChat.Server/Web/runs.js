// The admin's commands: a typed /run, and what it prints, as notes.

const hex = character => `\\x${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
const shown = text => text.replace(/\r(?=\n|$)/g, '').replace(/[^\P{C}\n\t]/gu, hex);

/** Words between spaces. "two words" are one, and inside quotes \" and \\ are those characters. Null if a quote is open. */
export function wordsOf(text) {
	const words = [];
	let rest = text.trim();
	for (let part; rest; rest = rest.slice(part.length).trimStart()) {
		part = /^(?:[^\s"]|"(?:\\["\\]|[^"])*")+/.exec(rest)?.[0];
		if (!part || /^[^\s]/.test(rest.slice(part.length))) return null;
		words.push(part.replace(/"((?:\\["\\]|[^"])*)"/g, (_, quoted) => quoted.replace(/\\(["\\])/g, '$1')));
	}
	return words;
}

// Whole lines of one stream; a character may be cut between two parts.
class Lines {
	#decoder = new TextDecoder();
	#rest = '';

	add(data) {
		this.#rest += this.#decoder.decode(Uint8Array.from(atob(data), byte => byte.charCodeAt(0)), { stream: true });
		const end = this.#rest.lastIndexOf('\n');
		const lines = this.#rest.slice(0, Math.max(end, 0));
		this.#rest = this.#rest.slice(end + 1);
		return lines;
	}

	end() {
		return (this.#rest + this.#decoder.decode()).replace(/\n$/, '');
	}
}

const endOf = ({ name, exit, signal, message }) => `run ${name}: ${message ?? (signal ? `ended by signal ${signal}` : `exit ${exit}`)}`;

/** Runs a command, or lists all if none is named. */
export function run(session, text) {
	const [name, ...args] = wordsOf(text) ?? [];
	if (!name && text.trim()) return session.note('A quote is not closed.', true);
	const room = session.view;
	const streams = { out: new Lines(), err: new Lines() };
	const note = (lines, isError) => lines && session.note(shown(lines), isError, room);
	session.ask(name ? { type: 'run', name, args } : { type: 'run' }, 'run', part => {
		if (part.type === 'programs') {
			session.note(['Commands:', ...part.programs.map(one => `/run ${one.name} ${one.args ?? ''}`.trim())].join('\n'), false, room);
		} else if (part.type === 'output') {
			note(streams[part.stream].add(part.data), part.stream === 'err');
		} else {
			note(streams.out.end(), false);
			note(streams.err.end(), true);
			note(endOf(part), !!part.exit || !!part.signal || !!part.fault);
		}
	});
}
