// The lists at the sides: rooms, people, members.

import { make, nickElement, setText } from './log.js';
import { plural } from './text.js';

const MAX_MEMBERS = 300;

/** Keeps the elements of the same key, so that the focus stays. */
function fill(list, items, keyOf, draw) {
	const old = new Map([...list.children].map(element => [element.dataset.key, element]));
	let next = list.firstElementChild;
	for (const item of items) {
		const key = keyOf(item);
		let element = old.get(key);
		old.delete(key);
		if (!element) {
			element = make('li', '', make('button'));
			element.dataset.key = key;
		}
		if (element === next) {
			next = next.nextElementSibling;
		} else {
			list.insertBefore(element, next);
		}
		draw(item, element.firstElementChild, element);
	}
	old.forEach(element => element.remove());
}

/** Draws again what is different: `signature` is all that is seen of it. */
function once(button, signature, draw) {
	if (button.dataset.seen !== signature) {
		button.dataset.seen = signature;
		button.replaceChildren();
		draw();
	}
}

export function drawViews(session, roomList, privateList, choose, close) {
	const draw = (view, button, item) => {
		const isHere = view === session.view;
		const signature = [view.name, isHere, view.unread, view.mentioned, view.isJoined, view.away].join('\n');
		once(button, signature, () => {
			button.className = `view${view.unread ? ' new' : ''}${view.isRoom && !view.isJoined ? ' out' : ''}`;
			button.ariaCurrent = String(isHere);
			button.onclick = () => choose(view);
			const cross = item.children[1] ?? item.appendChild(make('button', 'close', '×'));
			cross.title = cross.ariaLabel = view.isRoom ? `Leave ${view.name}` : `Close the conversation with ${view.name}`;
			cross.onclick = () => close(view);
			const name = view.isRoom ? make('bdi', 'name', view.name.slice(1)) : nickElement(view.name);
			button.append(make('span', 'sigil', view.isRoom ? '#' : '@'), name);
			if (view.away) button.append(make('span', 'small', ' away'));
			if (view.unread) {
				const badge = make('span', view.mentioned ? 'badge strong' : 'badge', view.unread > 999 ? '999+' : String(view.unread));
				badge.ariaHidden = 'true';
				const what = `, ${plural(view.unread, 'new line')}${view.isRoom && view.mentioned ? `, ${plural(view.mentioned, 'mention')}` : ''}`;
				button.append(make('span', 'unseen', what), badge);
			}
		});
	};
	fill(roomList, session.views.filter(view => view.isRoom), view => view.key, draw);
	fill(privateList, session.views.filter(view => !view.isRoom), view => view.key, draw);
}

const byNick = (a, b) => a.nick.toLowerCase() < b.nick.toLowerCase() ? -1 : 1;

export function drawMembers(container, room, ownNick, choose) {
	const all = room?.isRoom ? [...room.members.values()].sort(byNick) : [];
	const groups = [
		['operators', 'Operators', all.filter(one => one.isOperator)],
		['others', 'Members', all.filter(one => !one.isOperator)],
	];
	for (const [id, title, members] of groups) {
		let section = container.querySelector(`.${id}`);
		if (!section) {
			section = make('section', id, make('h2'), make('ul'), make('p', 'small'));
			section.children[1].ariaLabel = title;
			container.append(section);
		}
		const [heading, list, rest] = section.children;
		section.hidden = members.length === 0;
		setText(heading, `${title} · ${members.length.toLocaleString('en')}`);
		fill(list, members.slice(0, MAX_MEMBERS), member => member.nick, (member, button) => {
			const sigil = member.isOperator ? '@' : member.hasVoice ? '+' : '';
			once(button, sigil + member.nick + member.away, () => {
				button.className = member.away ? 'member away' : 'member';
				button.title = member.away ? `${member.nick} is away: ${member.away}` : `Write to ${member.nick}`;
				button.disabled = member.nick === ownNick;
				button.onclick = () => choose(member.nick);
				button.append(make('span', 'sigil', sigil), nickElement(member.nick));
				if (member.away) button.append(make('span', 'small', ' away'));
			});
		});
		rest.textContent = members.length > MAX_MEMBERS ? `and ${members.length - MAX_MEMBERS} more: /who lists them` : '';
	}
}
