// Files of rooms: sent in chunks over the page's connection, and shown with a link, a size and a picture.

import { make } from './log.js';
import { plural, sizeOf } from './text.js';

const MAX_CHUNKS = 4; // without an answer; a line that is typed meanwhile goes after them
const MAX_AT_ONCE = 20;
const MAX_HASHED_BYTES = 64 * 1024 * 1024; // a longer file begins anew after a break
const MAX_PICTURE_BYTES = 4 * 1024 * 1024; // a larger image is a link alone
const MAX_LISTED = 50;

const bytesOf = async blob => new Uint8Array(await blob.arrayBuffer());
const base64 = async blob => btoa(String.fromCharCode(...await bytesOf(blob)));
const sha256 = async blob => [...new Uint8Array(await crypto.subtle.digest('SHA-256', await bytesOf(blob)))]
	.map(byte => byte.toString(16).padStart(2, '0')).join('');

const linkTo = (href, download, ...content) => Object.assign(make('a', '', ...content), { href, download, rel: 'noopener' });

export class Files {
	#turn = Promise.resolve(); // files go one after another
	#query = ''; // has the key that members of closed rooms need; it ends with its connection

	/** `speak(text)` is for screen readers. */
	constructor(session, speak) {
		Object.assign(this, { session, speak });
	}

	/** Shares files in the room in view, as own lines. */
	share(files) {
		const { view } = this.session;
		const wrong = !view?.isRoom ? 'Files are shared in rooms: go to a room first.' :
			files.length > MAX_AT_ONCE ? `That is ${files.length} files: at most ${MAX_AT_ONCE} at once.` : '';
		if (wrong) return this.session.note(wrong, true);
		for (const file of files) this.session.say(view, `${file.name.replace(/\p{C}/gu, '')} (${sizeOf(file.size)})`, true, file);
	}

	/** Sends the file of an own line after those before it. `own.state` says how it goes on. */
	send(room, own) {
		const attempt = own.attempt = {};
		const isWanted = () => own.attempt === attempt && own.state === 'sent' && room.pending.includes(own);
		this.#turn = this.#turn.then(() => isWanted() && this.#upload(room, own, isWanted));
		return true;
	}

	async #upload(room, own, isWanted) {
		const unread = { type: 'error', message: 'The browser cannot read the file.' };
		const answer = await this.#exchange(room, own, isWanted).catch(() => unread);
		if (!isWanted()) return; // cancelled, or it waits for a connection
		if (answer.type === 'ok' || answer.code === 'not_stored') {
			room.drop(own);
			this.session.complain(answer, room);
		} else {
			Object.assign(own, { state: 'failed', why: answer.message });
		}
		this.speak(`${own.text}: ${own.why || 'shared'}`);
		this.session.on.changed();
	}

	/** Returns the answer that ends the upload. */
	async #exchange(room, own, isWanted) {
		const { file } = own;
		if (globalThis.crypto?.subtle && file.size <= MAX_HASHED_BYTES) own.sha256 ??= await sha256(file);
		const share = { type: 'share', room: room.name, name: file.name.toWellFormed(), size: file.size, sha256: own.sha256 };
		let upload = null;
		let answer = isWanted() ? await this.#ask(share, 'upload', part => upload = part) : null;
		if (!upload) return answer;
		const { file: id, offset, chunk_bytes: step } = upload;
		own.fileId = id;
		this.#show(own, offset);
		const chunks = [];
		for (let at = offset; answer.type === 'ok' && at < file.size; at += step) {
			const data = await base64(file.slice(at, at + step));
			if (!isWanted()) break;
			const chunk = this.#ask({ type: 'chunk', file: id, offset: at, data });
			chunks.push(chunk);
			chunk.then(({ type }) => type === 'ok' && this.#show(own, at + step));
			if (chunks.length === MAX_CHUNKS) answer = await chunks.shift();
		}
		if (!room.pending.includes(own)) this.#ask({ type: 'cancel', file: id });
		return [answer, ...await Promise.all(chunks)].find(one => one.type !== 'ok') ?? answer;
	}

	#ask(frame, list, part) {
		return new Promise(done => this.session.request(frame, done, list, part) || done({ type: 'closed' }));
	}

	#show(own, bytes) {
		own.sentBytes = bytes;
		if (own.bar) own.bar.value = bytes;
	}

	/** The bar of an upload, and the button that ends it. */
	bar(room, own) {
		const { file, sentBytes } = own;
		own.bar = Object.assign(make('progress'), { max: file.size || 1, value: sentBytes ?? 0, ariaLabel: `Sent of ${file.name}` });
		const cancel = make('button', '', 'Cancel');
		cancel.onclick = () => this.session.drop(room, own);
		return [own.bar, ' ', cancel];
	}

	/** Takes the files that are chosen, pasted into the line, or dropped. */
	listen(area, text, button, input) {
		button.onclick = () => input.click();
		input.onchange = () => {
			this.share(input.files);
			input.value = '';
			text.focus();
		};
		text.onpaste = event => {
			const { files, types } = event.clipboardData;
			if (!files.length || types.includes('text/plain')) return; // a copied table is a picture too
			event.preventDefault();
			this.share(files);
		};
		const drag = event => {
			const { type, dataTransfer, relatedTarget } = event;
			if (!dataTransfer.types.includes('Files')) return;
			event.preventDefault(); // the browser would open the file instead of the chat
			area.classList.toggle('drop', type === 'dragover' || type === 'dragleave' && !!relatedTarget);
			if (type === 'drop' && area.checkVisibility()) this.share(dataTransfer.files);
		};
		for (const type of ['dragover', 'dragleave', 'drop']) addEventListener(type, drag);
	}

	/** The name of a file as a link, its size, and the picture of an image. */
	element({ file, name, size, image }) {
		const link = linkTo(`files/${file}/${encodeURIComponent(name)}`, name, make('bdi', '', name));
		link.onclick = event => {
			event.preventDefault();
			this.get({ file });
		};
		if (image && size <= MAX_PICTURE_BYTES) {
			const picture = make('img', 'picture');
			Object.assign(picture, { loading: 'lazy', alt: `Picture ${name}`, src: link.href + this.#query });
			picture.onerror = () => {
				picture.onerror = null;
				this.session.request({ type: 'get', file, length: 1 }, () => {}, 'file', found => picture.src = this.#follow(found));
			};
			link.append(picture);
		}
		return make('span', 'text', 'shared ', link, ` (${sizeOf(size)})`);
	}

	/** Downloads a file by its id or its number, or notes why not. */
	get(which) {
		this.session.ask({ type: 'get', ...which, length: 1 }, 'file', file => linkTo(this.#follow(file), file.name).click());
	}

	// The link of an answer is right for this member and this connection. The page may have another path.
	#follow({ link }) {
		this.#query = /\?.*|$/.exec(link)[0];
		return link.slice(link.lastIndexOf('/files/') + 1);
	}

	/** Notes the files of a room. */
	list(room) {
		this.session.collect({ type: 'files', room }, files => {
			const lines = files.slice(-MAX_LISTED).map(one => `${one.number}. ${one.name} (${sizeOf(one.size)}) from ${one.from}`);
			this.session.note([`${plural(files.length, 'file')} in ${room}. /get NUMBER downloads one.`, ...lines].join('\n'));
		});
	}
}
