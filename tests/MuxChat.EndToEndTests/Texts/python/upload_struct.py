# Shares one file with a wrong hash, then with the right one, on one connection. The header is packed by struct.
# Usage: python3 upload_struct.py HOST PORT HEADER NAME  with a HEADER of ">I" or "<I".
import hashlib
import json
import socket
import struct
import sys

client = socket.socket()
client.connect((sys.argv[1], int(sys.argv[2])))
data = b"spam and eggs\n" * 1000


def send(header):
    body = json.dumps(header).encode()
    client.sendall(struct.pack(sys.argv[3], len(body)) + body + data)


def receive():
    (length,) = struct.unpack(sys.argv[3], client.recv(4, socket.MSG_WAITALL))
    return json.loads(client.recv(length, socket.MSG_WAITALL))


send({"data_size": len(data), "hash": hashlib.md5(data[1:]).hexdigest(), "filename": sys.argv[4]})
print(receive()["error"])
send({"data_size": len(data), "hash": hashlib.md5(data).hexdigest(), "filename": sys.argv[4]})
print(receive()["error"])
client.close()
