# A UDP client: sends some datagrams, one of them empty and one large, and prints what comes back for each.
# Usage: python3 udp_words.py HOST PORT
import socket
import sys

server = (sys.argv[1], int(sys.argv[2]))
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for message in [b"hello", b"", b"two words", b"x" * 60000]:
    client.sendto(message, server)
    data, address = client.recvfrom(65535)
    print(len(data), "bytes from port", address[1], data[:20])
client.close()
