// A small server for the tests of the session: rooms with numbers, epochs and keys, history, resume, a disk that is written now and then,
// and two queues for each connection, so that a test decides what arrives and what is lost.

const fold = name => name.toLowerCase();

export class ModelServer {
  constructor({ remembers = 40, answers = 8, isDurable = false, onSaid = () => {} } = {}) {
    Object.assign(this, {
      remembers, answers, isDurable, onSaid, rooms: new Map(), connections: new Set(), guests: 0, epochs: 100,
      clock: Date.UTC(2026, 10, 29), uploads: new Map(), files: [],
    });
  }

  room(name) {
    const key = fold(name);
    if (!this.rooms.has(key)) {
      this.rooms.set(key, { name, epoch: ++this.epochs, log: [], last: 0, key: '', members: new Set(), waiting: [] });
    }
    return this.rooms.get(key);
  }

  connect() {
    const connection = { nick: `guest-${++this.guests}`, up: [], down: [], rooms: new Set(), isGone: false };
    this.connections.add(connection);
    connection.down.push({ type: 'welcome', nick: connection.nick, room: '#lobby', server: 'Model', text_bytes: 256 });
    this.enter(connection, this.room('#lobby'));
    return connection;
  }

  /** Carries out the oldest request of a connection. */
  step(connection) {
    const request = connection.up.shift();
    if (request && !connection.isGone) {
      this.execute(connection, request);
    }
    return request;
  }

  publish(room, event, from = null) {
    const full = {
      ...event, seq: ++room.last, epoch: room.epoch, time: new Date(this.clock += 1000).toISOString(), isOnDisk: !this.isDurable
    };
    room.log.push(full);
    room.log.splice(0, Math.max(0, room.log.length - this.remembers));
    const { epoch, isOnDisk, ...shown } = full;
    for (const member of room.members) {
      if (member !== from) {
        member.down.push({ ...shown, room: room.name });
      }
    }
    if (event.type === 'said' || event.type === 'acted') {
      this.onSaid({ room: room.name, epoch: full.epoch, seq: full.seq, text: full.text, from: full.from });
    }
    return full;
  }

  say(connection, room, { type, text }) {
    return this.publish(room, { type: type === 'me' ? 'acted' : 'said', from: connection.nick, text }, connection).seq;
  }

  enter(connection, room) {
    room.members.add(connection);
    connection.rooms.add(room);
    const { seq } = this.publish(room, { type: 'joined', nick: connection.nick });
    connection.down.push({ type: 'room', room: room.name, topic: '', members: room.members.size, seq, epoch: room.epoch });
    room.entered = (room.entered ?? new Map()).set(connection, seq);
    return seq;
  }

  leave(connection, event) {
    for (const room of connection.rooms) {
      room.members.delete(connection);
      this.publish(room, { ...event, nick: connection.nick });
    }
    connection.rooms.clear();
    for (const upload of this.uploads.values()) {
      upload.connection = upload.connection === connection ? null : upload.connection;
    }
    connection.isGone = true;
    this.connections.delete(connection);
  }

  /** The disk is written: what waits for it is acknowledged. */
  sync() {
    for (const room of this.rooms.values()) {
      room.log.forEach(event => event.isOnDisk = true);
      room.waiting.splice(0).forEach(answer => answer());
    }
  }

  /** The server dies and starts again: without what was not on its disk, or without everything. */
  crash(forgetsAll) {
    for (const connection of this.connections) {
      connection.isGone = true;
    }
    this.connections.clear();
    if (forgetsAll) {
      this.rooms.clear();
    }
    for (const room of this.rooms.values()) {
      room.log = room.log.filter(event => event.isOnDisk);
      Object.assign(room, { members: new Set(), waiting: [], epoch: ++this.epochs, last: room.log.at(-1)?.seq ?? room.last });
    }
  }

  execute(connection, request) {
    const answer = (fields = {}) => connection.down.push({ type: 'ok', id: request.id, ...fields });
    const refuse = code => connection.down.push({ type: 'error', id: request.id, code, message: code });
    const room = request.room ? this.room(request.room) : null;
    const isIn = room && connection.rooms.has(room);
    const stored = fields => this.isDurable ? room.waiting.push(() => connection.isGone || answer(fields)) : answer(fields);
    switch (request.type) {
      case 'nick':
        return this.rename(connection, request.nick) ? answer() : refuse('nick_taken');
      case 'say': case 'me':
        if (!isIn) {
          return refuse('not_in_room');
        }
        return stored({ seq: this.say(connection, room, request) });
      case 'msg':
        return [...this.connections].some(one => fold(one.nick) === fold(request.to)) ? answer() : refuse('unknown_nick');
      case 'join':
        if (room.name.includes(' ')) {
          return refuse('bad_room');
        }
        if (room.key && request.key !== room.key) {
          return refuse('bad_key');
        }
        return isIn ? answer() : stored({ seq: this.enter(connection, room) });
      case 'part': {
        const { seq } = this.publish(room, { type: 'left', nick: connection.nick });
        room.members.delete(connection);
        connection.rooms.delete(room);
        return stored({ seq });
      }
      case 'resume': {
        if (request.nick && !this.rename(connection, request.nick)) {
          return refuse('nick_taken');
        }
        if (room.key && request.key !== room.key) {
          return refuse('bad_key');
        }
        const upTo = isIn ? room.entered.get(connection) - 1 : room.last;
        if (this.holdsAllAfter(room, request.epoch, request.after)) {
          this.history(connection, room, request.after, upTo, 1e9);
        } else {
          connection.down.push({
            type: 'gap', room: room.name, after: request.after, epoch: room.epoch, first: room.log[0]?.seq ?? 1, last: room.last
          });
        }
        return isIn ? answer({ seq: room.last }) : stored({ seq: this.enter(connection, room) });
      }
      case 'history':
        this.history(connection, room, request.after, room.last, request.limit);
        return answer();
      case 'who':
        connection.down.push({
          type: 'who', room: room.name, members: [...room.members].map(one => one.nick), total: room.members.size, more: false
        });
        return answer();
      case 'share': case 'chunk': case 'cancel': case 'get': case 'files':
        return this.executeOnFiles(connection, request, room, answer, refuse);
      default:
        return answer();
    }
  }

  // A file is shared when its last byte is here. An upload whose client is gone is resumed by the hash.
  executeOnFiles(connection, request, room, answer, refuse) {
    const upload = this.uploads.get(request.file);
    const own = upload?.connection === connection ? upload : null;
    switch (request.type) {
      case 'share': {
        if (!connection.rooms.has(room) || request.size > 1000) {
          return refuse(request.size > 1000 ? 'file_too_large' : 'not_in_room');
        }
        const { name, size, sha256 } = request;
        const broken = sha256 && [...this.uploads.values()].find(one => !one.connection && one.sha256 === sha256);
        const begun = broken || { file: `f${++this.epochs}`, name, size, sha256, room, data: '' };
        begun.connection = connection;
        this.uploads.set(begun.file, begun);
        connection.down.push({ type: 'upload', file: begun.file, name, offset: begun.data.length, chunk_bytes: 10 });
        return size ? answer() : this.finish(begun, answer);
      }
      case 'chunk':
        if (!own || own.data.length !== request.offset) {
          return refuse(own ? 'bad_field' : 'unknown_file');
        }
        own.data += atob(request.data);
        return own.data.length < own.size ? answer() : this.finish(own, answer, refuse);
      case 'cancel':
        return this.uploads.delete(own?.file) ? answer() : refuse('unknown_file');
      case 'files':
        connection.down.push({ type: 'files', room: room.name, files: this.files.slice(0, 1), total: this.files.length, more: true },
          { type: 'files', room: room.name, files: this.files.slice(1), total: this.files.length, more: false });
        return answer();
      default: {
        const file = this.files.find(one => request.file ? one.file === request.file : one.number === request.number);
        if (!file) {
          return refuse('unknown_file');
        }
        const link = `http://model/files/${file.file}/${file.name}?for=${connection.nick}`;
        connection.down.push({ type: 'file', ...file, offset: 0, length: 1, link });
        connection.down.push({ type: 'chunk', file: file.file, offset: 0, data: '' });
        return answer();
      }
    }
  }

  finish(upload, answer, refuse) {
    this.uploads.delete(upload.file);
    if (upload.name === 'wrong') {
      return refuse('wrong_hash');
    }
    const { file, name, size, sha256, connection, room, data } = upload;
    const shared = { from: connection.nick, number: this.files.length + 1, file, name, size, sha256 };
    this.files.push({ ...shared, data });
    const { seq } = this.publish(room, { type: 'shared', ...shared, link: `/files/${file}/${name}` });
    return answer({ seq });
  }

  rename(connection, nick) {
    if ([...this.connections].some(one => one !== connection && fold(one.nick) === fold(nick))) {
      return false;
    }
    const from = connection.nick;
    if (from !== nick) {
      connection.nick = nick;
      connection.rooms.forEach(room => this.publish(room, { type: 'renamed', from, to: nick }));
      if (!connection.rooms.size) {
        connection.down.push({ type: 'renamed', from, to: nick, time: new Date(this.clock).toISOString() });
      }
    }
    return true;
  }

  holdsAllAfter(room, epoch, after) {
    const first = room.log[0]?.seq ?? room.last + 1;
    const isCurrent = epoch === room.epoch;
    const own = room.log.filter(event => event.epoch === epoch);
    const known = own.some(event => event.seq === after) || (own.length > 0 && own[0].seq - 1 === after) ||
      (isCurrent && after === room.last);
    return known && after >= first - 1 && after <= room.last;
  }

  history(connection, room, after, upTo, limit) {
    const all = room.log.filter(event => event.seq > after && event.seq <= upTo);
    const some = all.slice(0, Math.min(limit, this.answers));
    connection.down.push({
      type: 'history', room: room.name, events: some.map(({ isOnDisk, ...event }) => event), more: all.length > some.length
    });
  }
}

/** A client's end of the wire to a model server. The test moves each message. */
export class ModelClient {
  connection = null;

  connect() {
    this.connection = this.server.connect();
    this.session.opened();
  }

  /** The server carries out the oldest request. */
  up() {
    return this.connection && this.server.step(this.connection);
  }

  /** The client receives the oldest message. */
  down() {
    const frame = this.connection?.down.shift();
    if (frame) {
      this.session.received(structuredClone(frame));
    }
    return frame;
  }
}
