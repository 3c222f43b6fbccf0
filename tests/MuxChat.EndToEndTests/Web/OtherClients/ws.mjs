// A chat client over npm's ws: node ws.mjs URL NICK ROOM. It prints what it hears, and ends when it has been closed.
import WebSocket from 'ws';

const [url, nick, room] = process.argv.slice(2);
const open = (names) => new Promise((resolve, reject) => {
  const socket = new WebSocket(url, names);
  socket.heard = [];
  socket.waiting = [];
  socket.on('message', (data, isBinary) => {
    socket.heard.push({ text: data.toString(), isBinary });
    socket.waiting.splice(0).forEach((look) => look());
  });
  socket.ended = new Promise((end) => socket.on('close', (code, reason) => end(`closed ${code} "${reason}"`)));
  socket.on('open', () => resolve(socket));
  socket.on('error', reject);
});
const next = async (socket, fits) => {
  for (;;) {
    // What does not fit waits for the question that is its own.
    const found = socket.heard.findIndex(fits);
    if (found >= 0) return socket.heard.splice(found, 1)[0];
    await new Promise((look) => socket.waiting.push(look));
  }
};
const json = (socket, value) => socket.send(JSON.stringify(value));
const hear = async (socket, type) => JSON.parse((await next(socket, (one) => JSON.parse(one.text).type === type)).text);

const chat = await open(['soap', 'json.muxchat']);
console.log(`subprotocol ${chat.protocol}, extensions "${chat.extensions}"`);
json(chat, { type: 'nick', nick });
json(chat, { type: 'join', room });
json(chat, { type: 'part', room: '#lobby' });
json(chat, { type: 'say', room, text: 'hello 👋' });
json(chat, { type: 'say', room, text: 'x'.repeat(4096) });
const fragments = [...JSON.stringify({ type: 'say', room, text: 'one letter a fragment' })];
fragments.forEach((letter, i) => chat.send(letter, { fin: i === fragments.length - 1 }));
chat.send(`{"type":"ping","token":"large"}${' '.repeat(60_000)}`);
console.log(`pong of JSON ${(await hear(chat, 'pong')).token}`);
const ponged = new Promise((done) => chat.once('pong', done));
chat.ping('abc');
console.log(`pong ${await ponged}`);
let said;
do {
  said = await hear(chat, 'said');
} while (said.from === nick);
console.log(`${said.from}: ${said.text}`);
chat.close(4001, 'bye 👋');
console.log(await chat.ended);

const irc = await open(['text.ircv3.net']);
irc.send('PING a');
console.log((await next(irc, () => true)).text);
irc.send(Buffer.from('PING a'));
console.log(await irc.ended);

const bytes = await open(['binary.ircv3.net']);
bytes.send(Buffer.from('PING b'));
const answer = await next(bytes, () => true);
console.log(`${answer.text} ${answer.isBinary}`);
bytes.send(Buffer.from('QUIT'));
console.log(await bytes.ended);
