# A chat client with a fixed header: a length of four bytes, then JSON. The header is given as struct has it: ">i", "<i" or "i".
# Usage: python3 frame_chat.py HOST PORT HEADER ROOM
import json
import socket
import struct
import sys

header = sys.argv[3]
client = socket.socket()
client.connect((sys.argv[1], int(sys.argv[2])))


def send(message):
    body = json.dumps(message).encode()
    client.send(struct.pack(header, len(body)))
    client.send(body)


def receive():
    size = client.recv(4, socket.MSG_WAITALL)
    (length,) = struct.unpack(header, size)
    return json.loads(client.recv(length, socket.MSG_WAITALL))


print(receive()["type"])
print(receive()["type"])
print(receive()["type"])
send({"type": "join", "room": sys.argv[4]})
print(receive()["type"])
print(receive()["type"])
send({"type": "ping", "token": "grüße"})
print(receive())
send({"type": "say", "room": sys.argv[4], "text": "hello", "id": 1})
print(receive()["type"])
send({"type": "quit"})
print(receive())
client.close()
