// Links, mentions, nicks, emoji, sizes. Pure.

const encoder = new TextEncoder();

export const byteLength = text => encoder.encode(text).length;

/** ASCII letters alone have a case in nicks and rooms, as on the server. */
export const fold = name => name.replace(/[A-Z]/g, letter => letter.toLowerCase());

export const isNick = name => /^[A-Za-z_[\]{}^|][A-Za-z0-9\-_[\]{}^|]{0,29}$/.test(name);

export const isRoom = name => name.startsWith('#') && name.length > 1;

export const roomName = typed => typed.startsWith('#') ? typed : '#' + typed;

/** The hue of a nick, in degrees: one of twelve, always the same. */
export function hueOf(nick) {
	let hash = 7;
	for (const character of fold(nick)) hash = Math.imul(hash ^ character.codePointAt(0), 0x01000193);
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	return ((hash ^ (hash >>> 13)) >>> 0) % 12 * 30;
}

const NICK_CHARACTER = /[A-Za-z0-9\-_[\]{}^|]/;

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

// A link ends before characters that are invisible or turn the direction: what is shown of an address is all of it, in its order.
const UNSEEN = '\\0-\x1f\x7f-\xa0\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0';
const LINK = RegExp(`https?://[^\\s<>"'\`${UNSEEN}]+`, 'gi');
const TRAILING = /[.,;:!?…*_~)\]}»”’]$/;
const PAIRS = { ')': '(', ']': '[', '}': '{' };

const count = (text, character) => text.split(character).length - 1;

/** Takes the sentence's punctuation off. A closing bracket stays if its opening one is inside. */
function trimLink(link) {
	while (TRAILING.test(link)) {
		const last = link.at(-1);
		if (PAIRS[last] && count(link, PAIRS[last]) >= count(link, last)) break;
		link = link.slice(0, -1);
	}
	return link;
}

/** The address that may be opened, or null. A user name in it looks like a host: refused. */
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
		const href = before && /[\p{L}\p{N}]/u.test(before) ? null : safeUrl(link);
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
export function listOf(names, most = 4) {
	if (names.length <= 1) return names[0] ?? '';
	const shown = names.slice(0, names.length > most ? most - 1 : names.length - 1);
	const rest = names.length - shown.length;
	return `${shown.join(', ')} and ${rest === 1 ? names.at(-1) : rest + ' more'}`;
}

export const plural = (number, one, many = one + 's') => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

// name, emoji, name, emoji ...
const EMOJI_TABLE = `smile 😄 grin 😁 joy 😂 wink 😉 blush 😊 heart_eyes 😍 thinking 🤔 neutral 😐 rolling_eyes 🙄 sob 😭 cry 😢
angry 😠 astonished 😲 shrug 🤷 facepalm 🤦 wave 👋 thumbsup 👍 thumbsdown 👎 clap 👏
pray 🙏 raised_hands 🙌 eyes 👀 heart ❤️ sparkles ✨ star ⭐ fire 🔥 zap ⚡ sun ☀️ snow ❄️
tada 🎉 gift 🎁 rocket 🚀 bike 🚲 coffee ☕ tea 🍵 cake 🍰 cat 🐱 dog 🐶 bug 🐛
tree 🌳 seedling 🌱 check ✅ cross ❌ warning ⚠️ lock 🔒 key 🔑 bulb 💡 wrench 🔧 memo 📝
book 📖 clock ⏰ mail ✉️ bell 🔔 link 🔗 computer 💻 globe 🌍 house 🏠 ghost 👻 robot 🤖 hundred 💯`;

/** Names of emoji and the emoji, in the order of the table. */
export const EMOJI = EMOJI_TABLE.split(/\s+/).reduce((all, word, i, words) =>
	i % 2 ? [...all, { name: words[i - 1], emoji: word }] : all, []);
