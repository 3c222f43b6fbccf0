// Links, mentions, nicks, emoji, sizes. Pure.

export const byteLength = text => new TextEncoder().encode(text).length;

/** ASCII letters alone have a case in nicks and rooms, as on the server. */
export const fold = name => name.replace(/[A-Z]/g, letter => letter.toLowerCase());

export const isNick = name => /^[A-Za-z_[\]\\`{}^|][A-Za-z0-9\-_[\]\\`{}^|]{0,29}$/.test(name);

export const NICK_RULE = 'A name has 1 to 30 letters, digits or -_[]\\`{}^| and begins with no digit or -.';

export const isRoom = name => name.startsWith('#') && name.length > 1;

export const roomName = typed => typed.startsWith('#') ? typed : '#' + typed;

/** What is wrong with the name of a room as it was typed, or ''. */
export const roomFault = typed => typed.startsWith('/') ? 'That is a command, not a room: write it in the chat.' :
	/^#[^ ,:\p{Cc}]{1,63}$/u.test(roomName(typed)) ? '' : 'The name of a room has 1 to 63 characters, and no blank, comma or colon.';

// Neighbours differ most.
const HUES = [5, 215, 140, 310, 55, 255, 175, 335, 105, 285, 30, 195];
const MAX_HUES = 10_000;
const uses = HUES.map(() => 0);
const hues = new Map(); // folded nick -> its place in HUES

/** The hue of a nick: that of its hash, or the next that fewer nicks have. */
export function hueOf(nick) {
	const key = fold(nick);
	if (!hues.has(key)) {
		let place = [...key].reduce((hash, letter) => (hash * 31 + letter.charCodeAt()) % 65521, 7) % HUES.length;
		while (uses[place] > Math.min(...uses)) place = ++place % HUES.length;
		uses[place]++;
		if (hues.size === MAX_HUES) hues.clear();
		hues.set(key, place);
	}
	return HUES[hues.get(key)];
}

const NICK_CHARACTER = /[A-Za-z0-9\-_[\]\\`{}^|]/;

/** Whether a text names a nick as a word of its own. */
export function mentions(text, nick) {
	const [where, what] = [fold(text), fold(nick)];
	for (let at = where.indexOf(what); at >= 0 && what; at = where.indexOf(what, at + 1)) {
		const before = where[at - 1] ?? ' ';
		const after = where[at + what.length] ?? ' ';
		if (!NICK_CHARACTER.test(before) && !NICK_CHARACTER.test(after)) return true;
	}
	return false;
}

// A link ends before invisible characters and those that turn the direction.
const LINK = /(?:https?:\/\/|www\.(?=[^\s.]+\.\w))[^\s<>"'`\p{C}\p{DI}]+/giu;
const TRAILING = /[.,;:!?…*_~)\]}»”’]$/;
const PAIRS = { ')': '(', ']': '[', '}': '{' };

/** Takes the sentence's punctuation off. A closing bracket stays if its opening one is inside. */
function trimLink(link) {
	while (TRAILING.test(link)) {
		const last = link.at(-1);
		if (PAIRS[last] && link.split(PAIRS[last]).length >= link.split(last).length) break;
		link = link.slice(0, -1);
	}
	return link;
}

/** The address that may be opened, or null: a user name in it looks like a host. */
export function safeUrl(link) {
	try {
		const url = new URL(link);
		const isSafe = (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname && !url.username && !url.password;
		return isSafe ? url.href : null;
	} catch {
		return null;
	}
}

/** Cuts a text into pieces `{ text }` and `{ text, href }`, which together are the text. */
export function pieces(text) {
	const found = [];
	let end = 0;
	for (const match of text.matchAll(LINK)) {
		const before = text[match.index - 1];
		const link = trimLink(match[0]);
		const href = before && /[\p{L}\p{N}/@]/u.test(before) ? null : safeUrl(/^www/i.test(link) ? 'https://' + link : link);
		if (href) {
			if (match.index > end) found.push({ text: text.slice(end, match.index) });
			found.push({ text: link, href });
			end = match.index + link.length;
		}
	}
	if (end < text.length) found.push({ text: text.slice(end) });
	return found;
}

/** The lines of what was typed, without what the server refuses. */
export const linesOf = text => text.toWellFormed()
	.split(/\r\n|[\r\n\u0085\u2028\u2029]/)
	.map(line => line.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '').trimEnd())
	.filter(line => line);

/** "alice, bob and 3 more" */
export function listOf(names) {
	if (names.length <= 1) return names[0] ?? '';
	const shown = names.slice(0, names.length > 4 ? 3 : -1);
	const rest = names.length - shown.length;
	return `${shown.join(', ')} and ${rest === 1 ? names.at(-1) : rest + ' more'}`;
}

/** "12 KB", as the server says it. */
export function sizeOf(bytes) {
	let unit = 0;
	for (; bytes >= 1024 && unit < 3; unit++) bytes = Math.ceil(bytes / 1024);
	return unit ? `${bytes} ${'KMG'[unit - 1]}B` : plural(bytes, 'byte');
}

export const plural = (number, one) => `${number.toLocaleString('en')} ${one}${number === 1 ? '' : 's'}`;

// name, emoji, name, emoji ...
const EMOJI_TABLE = `smile 😄 grin 😁 joy 😂 wink 😉 blush 😊 heart_eyes 😍 thinking 🤔 cry 😢 angry 😠 shrug 🤷 facepalm 🤦 wave 👋
thumbsup 👍 thumbsdown 👎 clap 👏 pray 🙏 raised_hands 🙌 eyes 👀 heart ❤️ sparkles ✨ star ⭐ fire 🔥 tada 🎉 rocket 🚀 coffee ☕
tea 🍵 cake 🍰 cat 🐱 dog 🐶 bug 🐛 tree 🌳 check ✅ cross ❌ warning ⚠️ lock 🔒 key 🔑 bulb 💡 book 📖 bell 🔔 globe 🌍
house 🏠 robot 🤖`;

export const EMOJI = [...EMOJI_TABLE.matchAll(/(\S+) (\S+)/g)].map(([, name, emoji]) => ({ name, emoji }));
