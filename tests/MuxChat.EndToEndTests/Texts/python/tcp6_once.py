# A TCP client over IPv6: connects, sends one message, prints the answer.
# Usage: python3 tcp6_once.py ADDRESS PORT MESSAGE
import socket
import sys

client = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
client.connect((sys.argv[1], int(sys.argv[2]), 0, 0))
client.send(sys.argv[3].encode())
print("Received:", client.recv(1024).decode())
client.close()
