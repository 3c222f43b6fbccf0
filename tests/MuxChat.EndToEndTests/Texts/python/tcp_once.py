# A TCP client: connects, sends one message, prints the answer.
# Usage: python3 tcp_once.py HOST PORT MESSAGE
import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((sys.argv[1], int(sys.argv[2])))
client.send(sys.argv[3].encode())
data = client.recv(1024)
print("Received:", data.decode())
client.close()
