// The page: puts session, connection and views together, and draws at most once a frame. docs/PAGE.md lists the modules.

import { COMMANDS, commandNamed } from './commands.js';
import { Composer } from './composer.js';
import { Connection } from './connection.js';
import { Files } from './files.js';
import { drawMembers, drawViews } from './lists.js';
import { Log, make, setText as setTextOf } from './log.js';
import { Session } from './session.js';
import { QUIET, textOf } from './state.js';
import { NICK_RULE, fold, isNick, plural, roomFault, roomName } from './text.js';

const SPEAK_MS = 1000; // between two batches for screen readers
const MAX_SPOKEN = 5;
const STORE = 'muxchat';

const at = id => document.getElementById(id);
const toText = () => at('text').focus();

// Kept between visits: nick, rooms, read positions.

function load() {
	try {
		return JSON.parse(localStorage.getItem(STORE)) ?? {};
	} catch {
		return {};
	}
}

function store() {
	if (!session.wasIn) return; // what the first screen asks for may be refused
	const rooms = session.views.filter(view => view.isRoom).sort((a, b) => (b === session.view) - (a === session.view));
	const read = rooms.filter(room => room.read && room.epoch !== null).map(room => [room.key, [room.epoch, room.read.seq]]);
	const names = rooms.map(room => room.name);
	try {
		localStorage.setItem(STORE, JSON.stringify({ nick: session.wantedNick, rooms: names, read: Object.fromEntries(read) }));
	} catch {
		// Not allowed, or full.
	}
}

// Drawing, once a frame, however much has happened.

let isDrawn = true;
let storeTimer = 0;

function changed() {
	if (isDrawn) {
		isDrawn = false;
		requestAnimationFrame(draw);
		setTimeout(() => isDrawn || draw(), 500); // out of view there are no frames
	}
	storeTimer ||= setTimeout(() => {
		storeTimer = 0;
		store();
		showAddress();
	}, 1000);
}

const setText = (id, text) => setTextOf(at(id), text);

function draw() {
	isDrawn = true;
	const { view, views } = session;
	drawViews(session, at('rooms'), at('privates'), choose, close);
	drawMembers(at('member-lists'), view, session.nick, openPrivate);
	at('people-title').hidden = !views.some(one => !one.isRoom);
	setText('name', view?.name ?? 'No room');
	setText('topic', view?.isRoom ? view.topic : view ? 'Private messages' : 'Enter a room to talk.');
	setText('how-many', view?.isRoom && view.members.size ? view.members.size.toLocaleString('en') : '');
	at('set-topic').hidden = at('open-members').hidden = at('members').hidden = !view?.isRoom;
	at('open-members').ariaLabel = plural(view?.members.size ?? 0, 'member');
	const calls = views.reduce((sum, one) => sum + one.mentioned, 0);
	const elsewhere = views.reduce((sum, one) => sum + (one === view ? 0 : one.unread), 0);
	at('elsewhere').hidden = !elsewhere;
	at('open-side').ariaLabel = elsewhere ? `Rooms, ${plural(elsewhere, 'new line')}` : 'Rooms';
	setText('elsewhere', String(elsewhere));
	document.title = `${calls ? `(${calls}) ` : ''}${view ? view.name + ' · ' : ''}${session.server ?? 'MuxChat'}`;
	setText('server', session.server ?? 'MuxChat');
	setText('me', session.nick || session.wantedNick);
	setText('state', session.isReady ? session.isAwayNow ? 'away' : '' : 'not connected');
	at('dot').className = session.isReady ? 'dot on' : 'dot';
	at('text').placeholder = view ? `Write to ${view.name}` : '';
	at('leave').textContent = view?.isRoom ? `Leave ${view.name}` : 'Close this conversation';
	at('leave').hidden = !view;
	log.draw();
	drawBanner();
}

// The bar above the line.

let triesAtMs = 0;
let ending = '';

function drawBanner() {
	const { view } = session;
	const seconds = Math.max(1, Math.ceil((triesAtMs - Date.now()) / 1000));
	let text = '';
	let action = '';
	if (!session.isReady) {
		const why = session.problem || ending;
		text = (why ? `${why[0].toUpperCase()}${why.slice(1)}. ` : '') +
			(!connection.isWanted ? 'You are not connected.' : triesAtMs ? `Not connected: the next attempt is in ${seconds} s.` : 'Connecting …');
		action = connection.isWanted && !triesAtMs ? '' : 'Connect now';
	} else if (view?.isRoom && !view.isJoined && !view.isResuming) {
		text = `You are not in ${view.name}.`;
		action = 'Enter it';
	}
	at('banner').hidden = !text;
	at('retry').hidden = !action;
	setText('banner-text', text);
	setText('retry', action);
}

at('retry').onclick = () => {
	if (session.isReady) {
		session.join(session.view.name);
	} else {
		connection.connect();
	}
	toText();
};

// For screen readers: the new lines of the view, at most one batch a second.

let spoken = [];
let speakTimer = 0;

function speak(text) {
	spoken.push(text);
	speakTimer ||= setTimeout(() => {
		speakTimer = 0;
		const rest = spoken.length - MAX_SPOKEN;
		const lines = rest > 0 ? [...spoken.slice(0, MAX_SPOKEN - 1), `and ${plural(rest + 1, 'more line')}`] : spoken;
		at('live').replaceChildren(...lines.map(line => make('p', '', line)));
		spoken = [];
	}, SPEAK_MS);
}

// Notifications, if asked for.

function call(room, event) {
	if (at('notify').checked && window.Notification?.permission === 'granted') {
		const title = room.isRoom ? `${event.from} in ${room.name}` : event.from;
		const notification = new Notification(title, { body: event.text, tag: room.key, icon: 'icon.svg' });
		notification.onclick = () => {
			window.focus();
			choose(room);
			notification.close();
		};
	}
}

at('notify').onchange = async ({ target }) => {
	if (target.checked && await window.Notification?.requestPermission() !== 'granted') {
		target.checked = false;
		session.note('The browser does not let this page notify you.', true);
	}
};

const isLooking = () => document.visibilityState === 'visible' && document.hasFocus() && !at('chat').hidden;

const session = new Session({
	send: frame => connection.send(frame),
	isReading: room => room === session.view && log.room === room && log.isFollowing && isLooking(),
	on: {
		changed,
		phase: showPhase,
		said: (room, line, isCall) => {
			const { event } = line;
			if (room === session.view && !event.isOwn && !QUIET.has(event.type)) {
				speak(event.type === 'said' ? `${event.from}: ${event.text}` : textOf(event));
			}
			if (isCall && !(room === session.view && isLooking())) call(room, event);
		},
		ended: reason => ending = reason,
		upload: (room, own) => files.send(room, own),
	},
});

const connection = new Connection('ws', {
	opened: () => session.opened(),
	received: frame => session.received(frame),
	closed: () => {
		if (session.fatal) connection.stop();
		session.closed();
		if (session.wasIn) speak('The connection broke.');
	},
	waits: untilMs => {
		triesAtMs = untilMs;
		if (!session.wasIn && untilMs) problem('The server does not answer. Trying again …');
		changed();
	},
});

setInterval(() => {
	session.comeback.tick();
	if (!session.isReady) drawBanner();
}, 1000);
addEventListener('online', () => connection.check());
addEventListener('focus', changedReading);
document.addEventListener('visibilitychange', () => {
	if (document.visibilityState === 'visible') {
		connection.check();
		changedReading();
	}
});
addEventListener('pagehide', store);

function changedReading() {
	if (session.view && session.isReading(session.view)) session.view.markRead();
	changed();
}

// The first screen.

function problem(text) {
	setText('problem', text);
	at('go').disabled = false;
}

function showPhase() {
	const isForm = session.phase === 'naming' || session.phase === 'password' && !session.password || !session.wasIn;
	const wasForm = !at('entry').hidden;
	at('entry').hidden = !isForm;
	at('chat').hidden = isForm;
	at('secret').hidden = session.phase !== 'password' && !at('password').value;
	if (isForm && session.phase !== 'away') {
		problem(session.problem);
		const field = session.phase === 'password' ? at('password') : at('nick');
		field.focus();
		field.select();
	} else if (isForm && session.fatal) {
		problem(`The server closed the connection: ${session.fatal}.`);
	} else if (!isForm && wasForm) {
		toText();
		ending = '';
	}
	if (session.isReady) {
		ending = '';
		speak(`Connected as ${session.nick}.`);
	}
	changed();
}

function start(isReturning) {
	const nick = at('nick').value.trim();
	const room = at('first').value.trim();
	const wrong = isNick(nick) ? roomFault(room) : NICK_RULE;
	problem(wrong);
	if (wrong) {
		at(isNick(nick) ? 'first' : 'nick').focus();
		return;
	}
	at('go').disabled = true;
	if (!session.wasIn) {
		session.rooms.clear();
		session.view = null;
	}
	const others = fold(nick) === fold(saved.nick ?? '') ? saved.rooms ?? [] : [];
	session.enter(nick, session.wasIn ? [] : [roomName(room), ...others], at('password').value, isReturning);
	connection.connect();
}

at('enter').onsubmit = event => {
	event.preventDefault();
	start(false);
};

// The address of the page names the room in view.

function addressed() {
	try {
		return location.hash && '#' + decodeURIComponent(location.hash.slice(1));
	} catch {
		return ''; // no encoded name
	}
}

function showAddress() {
	const { view } = session;
	const hash = `#${encodeURIComponent(view?.name.slice(1) ?? '')}`;
	if (session.wasIn && view?.isRoom && location.hash !== hash) history.replaceState(null, '', hash);
}

addEventListener('hashchange', () => {
	if (addressed() && session.wasIn) session.join(addressed());
	at('first').value = addressed() || at('first').value;
});

function choose(view) {
	session.look(view);
	closePopover();
	toText();
}

function close(view) {
	session.part(view.name);
	toText();
}

const openPrivate = nick => choose(session.room(nick));

function step(direction, isWanted = () => true) {
	const views = direction > 0 ? session.views : session.views.reverse();
	const next = views.indexOf(session.view) + 1;
	const view = [...views.slice(next), ...views.slice(0, next)].find(isWanted);
	if (view) choose(view);
}

const LOCAL = {
	join: ({ room, key }) => session.join(room, key),
	part: ({ room, reason }) => session.part(room, reason),
	open: ({ nick }) => openPrivate(nick),
	msg: ({ to, text }) => {
		if (isNick(to)) {
			openPrivate(to);
			session.say(session.view, text);
		} else {
			session.ask({ type: 'msg', to, text });
		}
	},
	topic: ({ room }) => session.note(`Topic of ${room}: ${session.find(room)?.topic || 'none'}`),
	who: ({ room }) => {
		const members = [...session.find(room)?.members.values() ?? []].slice(0, 200);
		session.note(`In ${room}: ${members.map(one => (one.isOperator ? '@' : '') + one.nick).join(' ') || 'you are not there'}`);
	},
	rooms: browse,
	files: ({ room }) => files.list(room),
	get: ({ number }) => files.get({ number }),
	run: async ({ text }) => (await import('./runs.js')).run(session, text),
	help: ({ command }) => {
		const known = command && commandNamed(command);
		if (known) {
			session.note(`/${known.name} ${known.fields}`.trim() + `: ${known.help}`);
		} else if (command) {
			session.note(`There is no command /${command}.`, true);
		} else {
			at('help').showModal();
		}
	},
	quit: ({ reason }) => leaveChat(reason),
};

function act(action) {
	if (action.say) {
		session.say(session.view, action.say, action.isAction ?? false);
		log.toEnd();
	} else if (action.frame) {
		session.ask(action.frame);
	} else {
		LOCAL[action.local](action);
	}
}

function leaveChat(reason) {
	session.quit(reason);
	if (!session.isReady) {
		connection.stop();
		changed();
	}
}

const files = new Files(session, speak);
files.listen(at('talk'), at('text'), at('attach'), at('files'));

const log = new Log(at('log'), at('lines'), at('newest'), session, files);

const composer = new Composer(at('composer'), at('text'), at('choices'), at('hint'), session, {
	act,
	names: () => {
		const { view } = session;
		const recent = (view?.lines.slice(-200) ?? []).map(line => line.event.from).filter(nick => nick && nick !== session.nick).reverse();
		const all = new Set([...recent, ...[...view?.members.values() ?? []].map(member => member.nick), view?.name]);
		return { nicks: [...all].filter(nick => view?.isRoom ? view.member(nick) : nick),
			rooms: session.views.filter(one => one.isRoom).map(one => one.name) };
	},
	page: direction => log.page(direction),
	newest: () => {
		if (session.view) {
			session.view.marker = null;
			log.toEnd();
		}
	},
});

// Options, dialogs, keys.

const closePopover = () => document.querySelector(':popover-open')?.hidePopover();

at('set-topic').onclick = () => composer.set(`/topic ${session.view.topic}`);
at('leave').onclick = () => close(session.view);
at('open-help').onclick = () => at('help').showModal();
at('quit').onclick = () => leaveChat('');
at('options').onclick = event => {
	if (event.target.matches('button')) closePopover(); // to return false would undo a click on the option
};
at('add').onclick = browse;

for (const { name, fields, help } of COMMANDS) {
	at('commands').append(make('dt', '', make('code', '', `/${name} ${fields}`.trim())), make('dd', '', help));
}

function browse() {
	closePopover();
	at('directory').replaceChildren();
	at('wanted').value = '';
	setText('found', session.isReady ? '' : 'Not connected.');
	at('browse').showModal();
	session.collect({ type: 'rooms' }, all => {
		setText('found', `${plural(all.length, 'room')} on this server`);
		at('directory').replaceChildren(...all.map(({ room, members }) => {
			const button = make('button', 'view',
				make('span', 'sigil', '#'), make('bdi', 'name', room.slice(1)), make('span', 'small', plural(members, 'member')));
			button.value = room;
			return make('li', '', button);
		}));
	});
}

at('browse').onsubmit = event => {
	const wrong = event.submitter.value === 'join' && roomFault(at('wanted').value.trim());
	if (wrong) {
		event.preventDefault();
		setText('found', wrong);
	}
};
at('browse').onclose = () => {
	const { returnValue } = at('browse');
	const name = returnValue === 'join' ? at('wanted').value.trim() : returnValue;
	at('browse').returnValue = '';
	if (name) session.join(roomName(name));
	toText();
};
at('help').onclose = toText;

addEventListener('keydown', event => {
	const { key, code, target } = event;
	if (at('chat').hidden || event.ctrlKey || event.metaKey) return;
	const isDialog = document.querySelector('dialog[open]');
	if (event.altKey) {
		const isStep = key === 'ArrowUp' || key === 'ArrowDown';
		if (isDialog || !isStep && code !== 'KeyA') return;
		event.preventDefault();
		if (isStep) {
			step(key === 'ArrowUp' ? -1 : 1);
		} else {
			step(1, view => view.unread > 0 && view !== session.view);
		}
	} else if (target.matches('textarea, input:not([type="checkbox"])')) {
		return;
	} else if (key.length === 1 && key !== ' ') {
		// Typed text goes whole to one field, before a blank presses a button.
		at('help').close();
		closePopover();
		at(at('browse').open ? 'wanted' : 'text').focus();
	} else if (target === at('log') && (key === 'Escape' || key === 'End')) {
		log.toEnd();
	} else if (key === 'Escape' && !isDialog) {
		closePopover();
		toText();
	}
});

const saved = load();
session.stored = saved.read ?? {};
at('nick').value = saved.nick ?? '';
at('first').value = addressed() || saved.rooms?.[0] || at('first').value;
const isReload = ['reload', 'back_forward'].includes(performance.getEntriesByType('navigation')[0]?.type);
if (isReload && isNick(saved.nick ?? '') && saved.rooms?.length) {
	start(true);
} else {
	at('nick').focus();
}
