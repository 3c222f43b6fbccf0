# A client of a remote shell: it sends a command, reads the size of a header, the header in JSON, and then as many bytes as that says.
# Usage: python3 exec_client.py HOST PORT HEADER; HEADER is ">i" or "<i" as struct has it, and the commands are typed.
import json
import socket
import struct
import sys

client = socket.socket()
client.connect((sys.argv[1], int(sys.argv[2])))
while True:
    command = sys.stdin.readline().strip()
    if not command:
        break
    client.send(command.encode("utf-8"))
    size = struct.unpack(sys.argv[3], client.recv(4))[0]
    header = json.loads(client.recv(size).decode("utf-8"))
    total = header["data_size"]
    received = 0
    data = b""
    while received < total:
        part = client.recv(1024)
        received += len(part)
        data += part
    print(header["exit_code"], header["error"], total, data[:20], data[-8:])
client.close()
