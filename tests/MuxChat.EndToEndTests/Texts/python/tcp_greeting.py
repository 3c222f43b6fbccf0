# A TCP client: the server speaks first. Prints its greeting, answers, prints what comes back, until "quit" is typed.
# Usage: python3 tcp_greeting.py HOST PORT
import socket
import sys

with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as client:
    print(client.recv(1024).decode())
    message = input()
    while message != "quit":
        client.sendall(message.encode("utf-8"))
        print(client.recv(1024).decode("utf-8"))
        message = input()
