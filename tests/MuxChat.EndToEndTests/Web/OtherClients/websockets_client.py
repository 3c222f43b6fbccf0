"""A chat client over the websockets library: python3 websockets_client.py URL NICK ROOM. It prints what it hears."""
import asyncio
import json
import sys

import websockets

URL, NICK, ROOM = sys.argv[1:]
early = []


async def hear(socket, kind):
    """The next message of a kind from others. Those before it wait for the question that is theirs."""
    def fits(one):
        return one["type"] == kind and one.get("from") != NICK
    while not (found := [one for one in early if fits(one)]):
        early.append(json.loads(await socket.recv()))
    early.remove(found[0])
    return found[0]


async def end_of(socket):
    await socket.wait_closed()
    return f'closed {socket.close_code} "{socket.close_reason}"'


async def chat():
    socket = await websockets.connect(URL, subprotocols=["soap", "json.muxchat"])
    print(f'subprotocol {socket.subprotocol}, extensions "{",".join(one.name for one in socket.extensions)}"')
    for one in ({"type": "nick", "nick": NICK}, {"type": "join", "room": ROOM}, {"type": "part", "room": "#lobby"},
                {"type": "say", "room": ROOM, "text": "hello 👋"}, {"type": "say", "room": ROOM, "text": "x" * 4096}):
        await socket.send(json.dumps(one))
    await socket.send(list(json.dumps({"type": "say", "room": ROOM, "text": "one letter a fragment"})))
    await socket.send('{"type":"ping","token":"large"}' + " " * 60_000)
    print("pong of JSON", (await hear(socket, "pong"))["token"])
    await (await socket.ping("abc"))
    print("pong abc")
    said = await hear(socket, "said")
    print(f'{said["from"]}: {said["text"]}')
    await socket.close(4001, "bye 👋")
    print(await end_of(socket))


async def irc():
    socket = await websockets.connect(URL, subprotocols=["text.ircv3.net"])
    await socket.send("PING a")
    print(await socket.recv())
    await socket.send(b"PING a")
    print(await end_of(socket))
    socket = await websockets.connect(URL, subprotocols=["binary.ircv3.net"])
    await socket.send(b"PING b")
    answer = await socket.recv()
    print(answer.decode(), str(isinstance(answer, bytes)).lower())
    await socket.send(b"QUIT")
    print(await end_of(socket))


async def main():
    await chat()
    await irc()

asyncio.run(main())
