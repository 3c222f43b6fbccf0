# A chat client over a Unix socket: joins a room, says each line that is typed, and leaves at the end of the input.
# Usage: python3 unix_chat.py PATH ROOM
import socket
import sys

client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
client.connect(sys.argv[1])
lines = client.makefile("r", encoding="utf-8")
print(lines.readline(), end="")
print(lines.readline(), end="")
client.sendall(f"/join {sys.argv[2]}\n".encode())
print(lines.readline(), end="")
for text in sys.stdin:
    client.sendall(text.encode())
client.sendall(b"/quit\n")
for line in lines:
    print(line, end="")
client.close()
