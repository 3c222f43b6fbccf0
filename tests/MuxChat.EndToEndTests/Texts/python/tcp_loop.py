# A TCP client: sends each line that is typed, and prints the answer. An empty line ends it.
# Usage: python3 tcp_loop.py HOST PORT
import socket
import sys

client = socket.socket()
client.connect((sys.argv[1], int(sys.argv[2])))
while True:
    message = input()
    if message == "":
        break
    client.send(message.encode())
    print("Server:", client.recv(1024).decode())
client.close()
print("Connection closed")
